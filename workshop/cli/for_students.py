"""The commands of a student's day."""

import argparse
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from workshop.cli.answers import NOT_PASSED, PASSED, is_plain, report, say, show
from workshop.cli.options import Commands, moment, showing, step
from workshop.course.errors import CourseError
from workshop.course.results import CheckResult, Passed, Result
from workshop.course.session import Session
from workshop.course.workspace import find_root

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add them to the parser."""
    for name, text in (
        ("check", "check a step: verdict, likely mistake, next action"),
        ("hint", "give one more hint"),
        ("solution", "compare yours with ours, and say why ours is so"),
    ):
        command = showing(commands, name, text)
        step(command)
        command.set_defaults(run=_ask, ask=name)
    watching = commands.add_parser("watch", help="check on every save, on one screen")
    step(watching)
    watching.add_argument("--plain", action="store_true", help="line after line, nothing drawn")
    watching.set_defaults(run=_watch)
    for name, text in (
        ("reset", "make a step blank again; `undo` takes it back"),
        ("catch-up", "go to the start of a step, all before it solved; `undo` takes it back"),
    ):
        command = showing(commands, name, text)
        command.add_argument("step", type=int, metavar="N", help="the step's number")
        command.set_defaults(run=_ask, ask=name.replace("-", "_"))
    for name, text in (
        ("undo", "take the last reset, catch-up or update back, byte for byte"),
        ("status", "say where you are"),
    ):
        showing(commands, name, text).set_defaults(run=_ask_without_step, ask=name)
    onward = showing(commands, "next", "say what comes next, and how to go on all the same")
    onward.set_defaults(run=_ask_without_step, ask="next_step")

    log = showing(commands, "log", "tell your day")
    log.add_argument("--as-at", type=moment, metavar="TIME", help="as it was at 14:10")
    log.set_defaults(run=_log)

    branches = showing(commands, "branches", "make the solution branches in your git repository")
    branches.set_defaults(run=_branches)
    update = showing(commands, "update", "take a newer release in, and keep what you wrote")
    update.add_argument(
        "--from", type=Path, dest="source", metavar="DIR", help="a newer clone or unpacked release"
    )
    update.add_argument("--dry-run", action="store_true", help="say what it would do, and do not")
    update.set_defaults(run=_update)

    init = commands.add_parser("init", help="make a workspace in a new folder")
    init.add_argument("folder", type=Path, metavar="DIR")
    init.set_defaults(run=_init)

    showing(commands, "doctor", "examine this machine").set_defaults(run=_doctor)


def _ask(arguments: argparse.Namespace) -> int:
    from workshop.warm import WarmRunner

    root = find_root()
    session = Session(root, runner=WarmRunner(root))
    result: Result = getattr(session, arguments.ask)(arguments.step)
    show(result, arguments)
    if isinstance(result, CheckResult) and not isinstance(result.verdict, Passed):
        return NOT_PASSED
    return PASSED


def _ask_without_step(arguments: argparse.Namespace) -> int:
    show(getattr(Session.open(), arguments.ask)(), arguments)
    return PASSED


def _watch(arguments: argparse.Namespace) -> int:
    from workshop.views.screen import FullScreen, LinearScreen
    from workshop.watch import KEYS, watch

    root = find_root()
    if is_plain(arguments):
        width = shutil.get_terminal_size().columns
        linear = LinearScreen(KEYS, width, sys.stdout.encoding or "utf-8")
        watch(root, arguments.step, linear)
    else:
        with FullScreen(KEYS) as screen:
            watch(root, arguments.step, screen)
    return PASSED


def _log(arguments: argparse.Namespace) -> int:
    show(Session.open().log(arguments.as_at), arguments)
    return PASSED


def _branches(arguments: argparse.Namespace) -> int:
    return report(Session.open().branches(), arguments)


def _update(arguments: argparse.Namespace) -> int:
    # Imported before the update: in a clone it may put newer files in the place of these.
    import workshop.views.as_json
    import workshop.views.as_plain
    import workshop.views.as_rich  # noqa: F401
    from workshop.content import newer_content
    from workshop.course.update import update

    root = find_root()
    source = arguments.source or newer_content(root)
    result = update(root, source, dry_run=arguments.dry_run, clock=lambda: datetime.now(UTC))
    show(result, arguments)
    return PASSED


def _init(arguments: argparse.Namespace) -> int:
    from workshop.init import init_workspace

    say(init_workspace(arguments.folder).sentence)
    return PASSED


def _doctor(arguments: argparse.Namespace) -> int:
    from workshop.doctor import examine

    try:
        root = find_root()
    except CourseError:
        root = None
    return report(examine(root), arguments)
