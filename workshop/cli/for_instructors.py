"""The commands of those who give the workshop, and of those who write it."""

import argparse
from datetime import datetime
from pathlib import Path

from workshop.cli.answers import PASSED, report, say, show
from workshop.cli.options import Commands, moment, route, showing
from workshop.course.manifest import Course
from workshop.course.results import SlidesResult
from workshop.course.workspace import MANIFEST, Workspace, find_root

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add them to the parser."""
    rehearse = showing(commands, "rehearse", "prove the course on this machine")
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

    slides = showing(commands, "slides", "build a deck and open it; press S in it for the notes")
    slides.add_argument("deck", nargs="?", help="its number or name; default: the opening")
    route(slides)
    slides.add_argument("--no-browser", action="store_true", help="only say where the file is")
    instead = slides.add_mutually_exclusive_group()
    instead.add_argument("--pdf", action="store_true", help="print it, or all of them, as handouts")
    instead.add_argument(
        "--check", action="store_true", help="look whether its slides, or all, fit and can be read"
    )
    slides.set_defaults(run=_slides)

    pace = showing(commands, "pace", "hold the day's plan against the clock")
    pace.add_argument(
        "--start", type=moment, metavar="TIME", help="when the day begins; said once a day"
    )
    route(pace)
    pace.add_argument("--lunch", type=int, default=60, metavar="MINUTES", help="default: 60")
    pace.add_argument("--at", type=int, metavar="N", help="step N begins now: what is to be cut?")
    pace.add_argument("--now", type=moment, metavar="TIME", help="another moment, to try it out")
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


def _rehearse(arguments: argparse.Namespace) -> int:
    from workshop.course.audit import record
    from workshop.course.process_runner import ProcessRunner
    from workshop.rehearsal import prove_course, prove_readiness

    root = find_root()
    if arguments.record:
        changed = record(root, ProcessRunner())
        say("\n".join(changed) or "Nothing changed.")
    prove = prove_readiness if arguments.reader == "instructor" else prove_course
    return report(prove(root), arguments)


def _slides(arguments: argparse.Namespace) -> int:
    from workshop.course.decks import decks_of, named
    from workshop.slides import look_at, open_deck, print_deck

    root, name, route = find_root(), arguments.deck, arguments.route
    chosen = decks_of(root) if name is None else [named(name, decks_of(root), "deck")]
    if arguments.check:
        return report(SlidesResult(findings=tuple(look_at(chosen, route))), arguments)
    if arguments.pdf:
        for deck in chosen:
            say(f"The handout: {print_deck(deck, route)}")
        return PASSED
    built = open_deck(root, name or "0", route, browser=not arguments.no_browser)
    say(f"The deck: {built}")
    return PASSED


def _pace(arguments: argparse.Namespace) -> int:
    from workshop.course.pace import Day, pace, recall, remember

    root = find_root()
    state, now = Workspace(root).state, arguments.now or datetime.now().astimezone()
    if arguments.start is None:
        day = recall(state, now)
    else:
        day = Day(start=arguments.start, route=arguments.route, lunch=max(arguments.lunch, 0))
        remember(day, state)
    show(pace(Course.load(root / MANIFEST), day, now, arguments.at), arguments)
    return PASSED


def _wheelhouse(arguments: argparse.Namespace) -> int:
    from workshop.wheelhouse import make_wheelhouse, try_wheelhouse

    root = find_root()
    made = make_wheelhouse(root, arguments.folder, say)
    say((made if arguments.no_trial else try_wheelhouse(root, made)).sentence)
    return PASSED


def _test(arguments: argparse.Namespace) -> int:
    from workshop.selftest import run_tests

    return run_tests(find_root(), arguments.passed_on)


def _bench(arguments: argparse.Namespace) -> int:
    from workshop.selftest import run_benchmarks

    return run_benchmarks(find_root(), arguments.passed_on)
