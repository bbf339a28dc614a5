"""Do faults to the stores, and print a table of what held.

    python -m tests.faults                             all that SQLite can stand, in brief
    python -m tests.faults kills --runs 1000           one fault, at length
    python -m tests.faults crowd --seconds 300 --synchronous NORMAL
    python -m tests.faults server --store postgres     a private server is killed again and again

The exit code is 1 if something did not hold. What `docs/FAULTS.md` says comes from here.
"""

import argparse
import sys
from collections.abc import Iterator

from tests.faults.clocks import confuse_clocks
from tests.faults.crowd import crowd_together
from tests.faults.full_disk import SHORTAGES, fill_disk
from tests.faults.kills import kill_writers
from tests.faults.power_loss import cut_power
from tests.faults.report import HEADER, Tried
from tests.faults.stores import Sqlite

FAULTS = {
    "sqlite": ("kills", "full-disk", "power-loss", "clocks", "crowd"),
    "postgres": ("kills", "full-disk", "clocks", "crowd", "network", "server"),
}
MOST_SAID = 20  # complaints for each fault


def on_sqlite(fault: str, given: argparse.Namespace) -> Iterator[Tried]:
    """Do a fault to SQLite."""
    kind = Sqlite(given.synchronous)
    match fault:
        case "kills":
            yield kill_writers(kind, given.runs, given.seed)
        case "full-disk":
            for shortage in SHORTAGES:
                try:
                    yield fill_disk(given.runs, given.seed, given.synchronous, shortage)
                except PermissionError as error:
                    yield Tried(shortage, kind.name, "not at all", str(error), [])
        case "power-loss":
            yield from cut_power(given.runs, given.seed)
        case "clocks":
            yield confuse_clocks(kind, given.runs, given.seed)
        case "crowd":
            yield crowd_together(kind, given.seconds, given.seed)


def on_postgres(fault: str, given: argparse.Namespace) -> Iterator[Tried]:
    """Do a fault to PostgreSQL, on a private server that keeps what it acknowledged."""
    from tests.faults.full_log import fill_log
    from tests.faults.full_tables import fill_tables
    from tests.faults.network import cut_network
    from tests.faults.on_postgres import Postgres
    from tests.faults.server import durable_server

    with durable_server() as server:
        kind = Postgres(server.dsn)
        match fault:
            case "kills":
                yield kill_writers(kind, given.runs, given.seed)
            case "full-disk":
                try:
                    yield fill_tables(server, given.runs, given.seed)
                    yield fill_log(given.runs, given.seed)
                except PermissionError as error:
                    yield Tried("disk full (tmpfs)", kind.name, "not at all", str(error), [])
            case "clocks":
                yield confuse_clocks(kind, given.runs, given.seed)
            case "crowd":
                yield crowd_together(kind, given.seconds, given.seed)
            case "network":
                yield cut_network(kind, given.runs, given.seed)
            case "server":
                yield crowd_together(kind, given.seconds, given.seed, server)


def main() -> int:
    """Do what the command line says."""
    given = arguments()
    do = on_sqlite if given.store == "sqlite" else on_postgres
    held = True
    print(HEADER)
    for fault in given.faults or FAULTS[given.store]:
        for tried in do(fault, given):
            print(tried, flush=True)
            for complaint in tried.wrong[:MOST_SAID]:
                print(f"  {complaint}", file=sys.stderr)
            held = held and not tried.wrong
    return 0 if held else 1


def arguments() -> argparse.Namespace:
    """Read the command line."""
    summary, _, rest = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults",
        description=summary,
        epilog=rest,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    some = "; ".join(f"{store}: {', '.join(faults)}" for store, faults in FAULTS.items())
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=f"of {some}; none means all")
    parser.add_argument("--store", choices=FAULTS, default="sqlite")
    parser.add_argument("--synchronous", choices=["FULL", "NORMAL"], default="FULL")
    parser.add_argument("--runs", type=int, default=20, help="how often; for clocks, commits")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long a crowd is at work")
    parser.add_argument("--seed", type=int, default=1887, help="what everything random hangs on")
    given = parser.parse_args()
    if unknown := set(given.faults) - set(FAULTS[given.store]):
        parser.error(f"there is no fault {', '.join(sorted(unknown))} for {given.store}: {some}")
    return given


if __name__ == "__main__":
    sys.exit(main())
