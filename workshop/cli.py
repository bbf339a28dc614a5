"""The `workshop` command."""

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from workshop.course.errors import CourseError
from workshop.course.manifest import Course
from workshop.course.results import (
    BranchesResult,
    CheckResult,
    DoctorResult,
    Passed,
    ReadinessResult,
    RehearsalResult,
    Result,
    SlidesResult,
)
from workshop.course.session import Session
from workshop.course.workspace import MANIFEST, Workspace, find_root

__all__ = ["main"]

PASSED, NOT_PASSED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


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

        _say(views.render_json(views.Problem(sentence=str(error))))
    else:
        print(error, file=sys.stderr)  # noqa: T201 - this is what a command line does
    return WRONG_USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="workshop",
        description="Event-Sourced Domain Models in Python. Without a command: sets up and opens "
        "JupyterLab, or says where you are.",
    )
    _lab_options(parser)
    _format_options(parser)
    parser.set_defaults(run=_start)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    lab = commands.add_parser("lab", help="open JupyterLab arranged for a step")
    _step(lab)
    _lab_options(lab)
    lab.set_defaults(run=_lab)

    for name, text in (
        ("check", "check a step: verdict, likely mistake, next action"),
        ("hint", "give one more hint"),
        ("solution", "compare yours with ours, and say why ours is so"),
    ):
        command = _showing(commands, name, text)
        _step(command)
        command.set_defaults(run=_ask, ask=name)
    watching = commands.add_parser("watch", help="check on every save, on one screen")
    _step(watching)
    watching.add_argument("--plain", action="store_true", help="line after line, nothing drawn")
    watching.set_defaults(run=_watch)
    for name, text in (
        ("reset", "make a step blank again; `undo` takes it back"),
        ("catch-up", "go to the start of a step, all before it solved; `undo` takes it back"),
    ):
        command = _showing(commands, name, text)
        command.add_argument("step", type=int, metavar="N", help="the step's number")
        command.set_defaults(run=_ask, ask=name.replace("-", "_"))
    for name, text in (
        ("undo", "take the last reset, catch-up or update back, byte for byte"),
        ("status", "say where you are"),
    ):
        _showing(commands, name, text).set_defaults(run=_ask_without_step, ask=name)
    onward = _showing(commands, "next", "say what comes next, and how to go on all the same")
    onward.set_defaults(run=_ask_without_step, ask="next_step")

    log = _showing(commands, "log", "tell your day")
    log.add_argument("--as-at", type=_moment, metavar="TIME", help="as it was at 14:10")
    log.set_defaults(run=_log)

    branches = _showing(commands, "branches", "make the solution branches in your git repository")
    branches.set_defaults(run=_branches)
    update = _showing(commands, "update", "take a newer release in, and keep what you wrote")
    update.add_argument(
        "--from", type=Path, dest="source", metavar="DIR", help="a newer clone or unpacked release"
    )
    update.add_argument("--dry-run", action="store_true", help="say what it would do, and do not")
    update.set_defaults(run=_update)

    init = commands.add_parser("init", help="make a workspace in a new folder")
    init.add_argument("folder", type=Path, metavar="DIR")
    init.set_defaults(run=_init)

    _showing(commands, "doctor", "examine this machine").set_defaults(run=_doctor)

    rehearse = _showing(commands, "rehearse", "prove the course on this machine")
    rehearse.add_argument(
        "--record",
        action="store_true",
        help="for authors: write starters, signatures and notebook outputs anew",
    )
    rehearse.add_argument(
        "--as",
        dest="reader",
        choices=("author", "instructor"),
        default="author",
        help="author: every proof. instructor: one page for the night before, with a student's "
        "first start, tried now",
    )
    rehearse.set_defaults(run=_rehearse)

    slides = _showing(commands, "slides", "build a deck and open it; press S in it for the notes")
    slides.add_argument("deck", nargs="?", help="its number or name; default: the opening")
    _route(slides)
    slides.add_argument("--no-browser", action="store_true", help="only say where the file is")
    instead = slides.add_mutually_exclusive_group()
    instead.add_argument("--pdf", action="store_true", help="print it, or all of them, as handouts")
    instead.add_argument(
        "--check", action="store_true", help="look whether its slides, or all, fit and can be read"
    )
    slides.set_defaults(run=_slides)

    demo = commands.add_parser("demo", help="open a demonstration in JupyterLab")
    demo.add_argument("demo", nargs="?", help="its number or name; default: say which there are")
    _lab_options(demo)
    demo.set_defaults(run=_demo)

    pace = _showing(commands, "pace", "hold the day's plan against the clock")
    pace.add_argument(
        "--start", type=_moment, metavar="TIME", help="when the day begins; said once a day"
    )
    _route(pace)
    pace.add_argument("--lunch", type=int, default=60, metavar="MINUTES", help="default: 60")
    pace.add_argument("--at", type=int, metavar="N", help="step N begins now: what is to be cut?")
    pace.add_argument("--now", type=_moment, metavar="TIME", help="another moment, to try it out")
    pace.set_defaults(run=_pace)

    wheelhouse = commands.add_parser(
        "wheelhouse", help="fetch everything that a first start without network needs"
    )
    wheelhouse.add_argument("folder", type=Path, metavar="DIR", help="may be on a USB stick")
    wheelhouse.add_argument(
        "--no-trial",
        action="store_true",
        help="do not try a first start from it: on a machine that lacks 1 GB for one, or in haste",
    )
    wheelhouse.set_defaults(run=_wheelhouse)

    test = commands.add_parser("test", help="run the project's own tests; options are pytest's")
    test.set_defaults(run=_test)
    bench = commands.add_parser("bench", help="measure the core; `bench --help` tells what")
    bench.set_defaults(run=_bench)
    return parser


def _showing(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text)
    _format_options(command)
    return command


def _format_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plain", action="store_true", help="no colour and no drawing")
    parser.add_argument("--json", action="store_true", help="for programs")


def _route(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--route", choices=("full", "half"), default="full", help="the full day, or the half one"
    )


def _lab_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-browser", action="store_true", help="only say the address")
    parser.add_argument("--port", type=int, help="the port that JupyterLab listens on")


def _step(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("step", nargs="?", type=int, metavar="N", help="default: your current step")


def _moment(text: str) -> datetime:
    """A time of today, or a date with a time; in this machine's zone unless it names one."""
    try:
        today = datetime.now().astimezone().date().isoformat()
        moment = datetime.fromisoformat(f"{today}T{text}" if "-" not in text else text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a time such as 14:10 or 2026-09-18T14:10"
        ) from None
    return moment if moment.tzinfo else moment.astimezone()


def _show(result: Result, arguments: argparse.Namespace) -> None:
    from workshop import views

    if arguments.json:
        _say(views.render_json(result))
    elif arguments.plain or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
        _say(views.render_plain(result, width, sys.stdout.encoding or "utf-8"))
    else:
        from rich.console import Console

        Console(highlight=False).print(views.render_rich(result))


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def _ask(arguments: argparse.Namespace) -> int:
    from workshop.warm import WarmRunner

    root = find_root()
    session = Session(root, runner=WarmRunner(root))
    result: Result = getattr(session, arguments.ask)(arguments.step)
    _show(result, arguments)
    if isinstance(result, CheckResult) and not isinstance(result.verdict, Passed):
        return NOT_PASSED
    return PASSED


def _watch(arguments: argparse.Namespace) -> int:
    from workshop.views.screen import FullScreen, LinearScreen
    from workshop.watch import KEYS, watch

    root = find_root()
    if arguments.plain or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        width = shutil.get_terminal_size().columns
        linear = LinearScreen(KEYS, width, sys.stdout.encoding or "utf-8")
        watch(root, arguments.step, linear)
    else:
        with FullScreen(KEYS) as screen:
            watch(root, arguments.step, screen)
    return PASSED


def _ask_without_step(arguments: argparse.Namespace) -> int:
    _show(getattr(Session.open(), arguments.ask)(), arguments)
    return PASSED


def _log(arguments: argparse.Namespace) -> int:
    _show(Session.open().log(arguments.as_at), arguments)
    return PASSED


def _start(arguments: argparse.Namespace) -> int:
    """Open JupyterLab; inside it, or while it runs, say where the student is."""
    from workshop.lab import running_lab

    session = Session.open()
    if running_lab(session.root) is None:
        arguments.step = None
        return _lab(arguments)
    _show(session.status(), arguments)
    return PASSED


def _lab(arguments: argparse.Namespace) -> int:
    from workshop.course.update import remember_at_first
    from workshop.lab import Arrangement, open_lab

    session = Session.open()
    if not session.log().entries:
        remember_at_first(session.root)
    notebook, file = session.desk(arguments.step)
    session.close()
    return open_lab(
        session.root,
        Arrangement(notebook=notebook, file=file),
        browser=not arguments.no_browser,
        port=arguments.port,
        say=_say,
    )


def _branches(arguments: argparse.Namespace) -> int:
    return _report(Session.open().branches(), arguments)


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
    _show(result, arguments)
    return PASSED


def _init(arguments: argparse.Namespace) -> int:
    from workshop.init import init_workspace

    _say(init_workspace(arguments.folder).sentence)
    return PASSED


def _doctor(arguments: argparse.Namespace) -> int:
    from workshop.doctor import examine

    try:
        root = find_root()
    except CourseError:
        root = None
    return _report(examine(root), arguments)


def _rehearse(arguments: argparse.Namespace) -> int:
    from workshop.course.audit import record
    from workshop.course.process_runner import ProcessRunner
    from workshop.rehearsal import prove_course, prove_readiness

    root = find_root()
    if arguments.record:
        changed = record(root, ProcessRunner())
        _say("\n".join(changed) or "Nothing changed.")
    prove = prove_readiness if arguments.reader == "instructor" else prove_course
    return _report(prove(root), arguments)


def _report(
    result: BranchesResult | DoctorResult | ReadinessResult | RehearsalResult | SlidesResult,
    arguments: argparse.Namespace,
) -> int:
    _show(result, arguments)
    return PASSED if result.ok else NOT_PASSED


def _slides(arguments: argparse.Namespace) -> int:
    from workshop.course.decks import decks_of, named
    from workshop.slides import look_at, open_deck, print_deck

    root, name, route = find_root(), arguments.deck, arguments.route
    chosen = decks_of(root) if name is None else [named(name, decks_of(root), "deck")]
    if arguments.check:
        return _report(SlidesResult(findings=tuple(look_at(chosen, route))), arguments)
    if arguments.pdf:
        for deck in chosen:
            _say(f"The handout: {print_deck(deck, route)}")
        return PASSED
    built = open_deck(root, name or "0", route, browser=not arguments.no_browser)
    _say(f"The deck: {built}")
    return PASSED


def _demo(arguments: argparse.Namespace) -> int:
    from workshop.course.decks import demos_of, named
    from workshop.course.slide_times import solution_beside
    from workshop.lab import Arrangement, open_lab

    root = find_root()
    if arguments.demo is None:
        _say("\n".join(path.stem for path in demos_of(root)))
        return PASSED
    demo = named(arguments.demo, demos_of(root), "demo")
    solved = solution_beside(demo, root, Course.load(root / MANIFEST))
    return open_lab(
        root,
        Arrangement(notebook=demo.relative_to(root).as_posix(), file=solved),
        browser=not arguments.no_browser,
        port=arguments.port,
        say=_say,
    )


def _pace(arguments: argparse.Namespace) -> int:
    from workshop.course.pace import Day, pace, recall, remember

    root = find_root()
    state, now = Workspace(root).state, arguments.now or datetime.now().astimezone()
    if arguments.start is None:
        day = recall(state, now)
    else:
        day = Day(start=arguments.start, route=arguments.route, lunch=max(arguments.lunch, 0))
        remember(day, state)
    _show(pace(Course.load(root / MANIFEST), day, now, arguments.at), arguments)
    return PASSED


def _wheelhouse(arguments: argparse.Namespace) -> int:
    from workshop.wheelhouse import make_wheelhouse, try_wheelhouse

    root = find_root()
    made = make_wheelhouse(root, arguments.folder, _say)
    _say((made if arguments.no_trial else try_wheelhouse(root, made)).sentence)
    return PASSED


def _test(arguments: argparse.Namespace) -> int:
    from workshop.selftest import run_tests

    return run_tests(find_root(), arguments.passed_on)


def _bench(arguments: argparse.Namespace) -> int:
    from workshop.selftest import run_benchmarks

    return run_benchmarks(find_root(), arguments.passed_on)
