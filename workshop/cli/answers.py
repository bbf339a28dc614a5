"""How the command line answers: what it prints, and with which exit code it ends."""

import argparse
import os
import shutil
import sys

from workshop.course.results import (
    BranchesResult,
    DoctorResult,
    ReadinessResult,
    RehearsalResult,
    Result,
    SlidesResult,
)

__all__ = [
    "INTERRUPTED",
    "NOT_PASSED",
    "PASSED",
    "WRONG_USAGE",
    "is_plain",
    "report",
    "say",
    "show",
]

PASSED, NOT_PASSED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def show(result: Result, arguments: argparse.Namespace) -> None:
    """Print a result in the format that was asked for, or that the output can take."""
    from workshop import views

    if arguments.json:
        say(views.render_json(result))
    elif is_plain(arguments):
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
        say(views.render_plain(result, width, sys.stdout.encoding or "utf-8"))
    else:
        from rich.console import Console

        Console(highlight=False).print(views.render_rich(result))


def is_plain(arguments: argparse.Namespace) -> bool:
    """Tell whether to do without colour and drawing."""
    return arguments.plain or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb"


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201


def report(
    result: BranchesResult | DoctorResult | ReadinessResult | RehearsalResult | SlidesResult,
    arguments: argparse.Namespace,
) -> int:
    """Print a result that may be bad news, and give the exit code that says so."""
    show(result, arguments)
    return PASSED if result.ok else NOT_PASSED
