"""Do faults to the stores, and print a table of what held.

    python -m tests.faults                           every fault, in brief
    python -m tests.faults kills --runs 1000         one of them, at length
    python -m tests.faults crowd --seconds 300 --synchronous NORMAL

The exit code is 1 if something did not hold. What `docs/FAULTS.md` says comes from here.
"""

import argparse
import sys
from collections.abc import Callable, Iterator

from tests.faults.clocks import confuse_clocks
from tests.faults.crowd import crowd_together
from tests.faults.full_disk import SHORTAGES, fill_disk
from tests.faults.kills import kill_writers
from tests.faults.power_loss import cut_power
from tests.faults.report import HEADER, Tried

MOST_SAID = 20  # complaints for each fault


def kills(given: argparse.Namespace) -> Iterator[Tried]:
    yield kill_writers(given.runs, given.seed, given.synchronous)


def full_disk(given: argparse.Namespace) -> Iterator[Tried]:
    for fault in SHORTAGES:
        try:
            yield fill_disk(given.runs, given.seed, given.synchronous, fault)
        except PermissionError as error:
            yield Tried(fault, "SQLite", "not at all", str(error), [])


def power_loss(given: argparse.Namespace) -> Iterator[Tried]:
    yield from cut_power(given.runs, given.seed)


def clocks(given: argparse.Namespace) -> Iterator[Tried]:
    yield confuse_clocks(given.runs, given.seed, given.synchronous)


def crowd(given: argparse.Namespace) -> Iterator[Tried]:
    yield crowd_together(given.seconds, given.seed, given.synchronous)


FAULTS: dict[str, Callable[[argparse.Namespace], Iterator[Tried]]] = {
    "kills": kills,
    "full-disk": full_disk,
    "power-loss": power_loss,
    "clocks": clocks,
    "crowd": crowd,
}


def main() -> int:
    """Do what the command line says."""
    summary, _, rest = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults",
        description=summary,
        epilog=rest,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "faults",
        nargs="*",
        choices=[*FAULTS, []],
        metavar="FAULT",
        help=f"which: {', '.join(FAULTS)}; none means all",
    )
    parser.add_argument("--runs", type=int, default=20, help="how often; for clocks, commits")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long, for the crowd")
    parser.add_argument("--seed", type=int, default=1887, help="what everything random hangs on")
    parser.add_argument("--synchronous", choices=["FULL", "NORMAL"], default="FULL")
    given = parser.parse_args()
    held = True
    print(HEADER)
    for name in given.faults or FAULTS:
        for tried in FAULTS[name](given):
            print(tried, flush=True)
            for complaint in tried.wrong[:MOST_SAID]:
                print(f"  {complaint}", file=sys.stderr)
            held = held and not tried.wrong
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
