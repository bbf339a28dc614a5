"""Options that several commands have."""

import argparse
from datetime import datetime
from typing import TypeAlias

__all__ = ["Commands", "format_options", "lab_options", "moment", "route", "showing", "step"]

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def showing(commands: Commands, name: str, text: str) -> argparse.ArgumentParser:
    """Add a command whose result can be printed in several formats."""
    command = commands.add_parser(name, help=text)
    format_options(command)
    return command


def format_options(parser: argparse.ArgumentParser) -> None:
    """Add `--plain` and `--json`."""
    parser.add_argument("--plain", action="store_true", help="no colour and no drawing")
    parser.add_argument("--json", action="store_true", help="for programs")


def route(parser: argparse.ArgumentParser) -> None:
    """Add `--route`."""
    parser.add_argument(
        "--route", choices=("full", "half"), default="full", help="the full day, or the half one"
    )


def lab_options(parser: argparse.ArgumentParser) -> None:
    """Add what JupyterLab is started with."""
    parser.add_argument("--no-browser", action="store_true", help="only say the address")
    parser.add_argument("--port", type=int, help="the port that JupyterLab listens on")


def step(parser: argparse.ArgumentParser) -> None:
    """Add the number of a step, which may be left out."""
    parser.add_argument("step", nargs="?", type=int, metavar="N", help="default: your current step")


def moment(text: str) -> datetime:
    """A time of today, or a date with a time; in this machine's zone unless it names one."""
    try:
        today = datetime.now().astimezone().date().isoformat()
        moment = datetime.fromisoformat(f"{today}T{text}" if "-" not in text else text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a time such as 14:10 or 2026-09-18T14:10"
        ) from None
    return moment if moment.tzinfo else moment.astimezone()
