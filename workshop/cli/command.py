"""The command line as a whole: what is asked, and how it ends when it cannot be done."""

import argparse
import os
import sys
from collections.abc import Sequence

from workshop.cli import for_instructors, for_students, opening_lab
from workshop.cli.answers import INTERRUPTED, PASSED, WRONG_USAGE, say
from workshop.cli.options import format_options, lab_options
from workshop.course.errors import CourseError

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out a command; the exit code is 0 for passed, 1 for not passed, 2 for wrong usage."""
    given = list(sys.argv[1:] if argv is None else argv)
    # What follows `test` and `bench` is theirs, options first and all; argparse would claim it.
    own, theirs = (given[:1], given[1:]) if given[:1] in (["test"], ["bench"]) else (given, [])
    arguments = _parser().parse_args(own, argparse.Namespace(passed_on=theirs))
    try:
        return int(arguments.run(arguments))
    except CourseError as error:
        return _refuse(error, arguments)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PASSED
    except KeyboardInterrupt:
        return INTERRUPTED


def _refuse(error: CourseError, arguments: argparse.Namespace) -> int:
    if getattr(arguments, "json", False):
        from workshop import views

        say(views.render_json(views.Problem(sentence=str(error))))
    else:
        print(error, file=sys.stderr)  # noqa: T201 - this is what a command line does
    return WRONG_USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="workshop",
        description="Event-Sourced Domain Models in Python. Without a command: sets up and opens "
        "JupyterLab, or says where you are.",
    )
    lab_options(parser)
    format_options(parser)
    parser.set_defaults(run=opening_lab.start)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for group in (opening_lab, for_students, for_instructors):
        group.add_to(commands)
    return parser
