"""A subscription group on PostgreSQL: 4 members, each a process, beside 1 and beside 2.

An effect is a row in the store's database, in the commit of its checkpoint; and once more with
5 ms of waiting in it, as if it asked something of another machine. The events come all at once,
when the members have their shares; the clock runs until none waits. The private server does not
wait for its disk.
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from uuid import uuid4

from group_member import Noted, group
from measuring import CannotMeasureError, Effort, Measurement, Timed, measure
from on_server import server_without
from ours import CODEC, MOVED

from workshop.eventsourcing.postgres import PostgresEventStore

__all__ = ["measurements"]

MEMBERS = (4, 1, 2)
STREAMS = 64
EFFECTS = {"short": (0, 8_000), "5 ms": (5, 1_600)}  # milliseconds; events a second of effort
SCHEMA = "workshop_bench_group"
FEWEST = 64  # events, also where nothing is measured


def measurements(effort: Effort, folder: Path) -> Iterator[Measurement]:
    with (
        server_without(SCHEMA) as (dsn, _),
        closing(PostgresEventStore(dsn, CODEC, schema=SCHEMA)) as store,
        _processes(dsn) as members,
    ):
        Noted(store, "nobody", 0).make_table()
        for name, (milliseconds, rate) in EFFECTS.items():
            events = max(FEWEST, int(effort.seconds * rate))
            sides = {
                f"{number} members" if number > 1 else "1 member": _following(
                    store, members[:number], milliseconds, events
                )
                for number in MEMBERS
            }
            yield measure(f"{MEMBERS[0]} members, {name} effects", "events/s", sides, effort)


@contextmanager
def _processes(dsn: str) -> Iterator[Sequence["subprocess.Popen[str]"]]:
    program = str(Path(__file__).with_name("group_member.py"))
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, program, dsn, SCHEMA, f"member-{n}"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    encoding="utf-8",
                )
            )
            for n in range(max(MEMBERS))
        ]


def _following(
    store: PostgresEventStore,
    members: "Sequence[subprocess.Popen[str]]",
    milliseconds: int,
    events: int,
) -> Timed:
    def follow(_: float) -> float:
        name = f"noted-{uuid4()}"
        store.save_checkpoint(name, store.last_position())  # the group begins there
        watched = group(store, name, milliseconds, "nobody")
        _tell(members, f"{name} {milliseconds}")
        while len({each.owner for each in watched.progress()} - {None}) < len(members):
            time.sleep(0.01)
        with store.transaction():
            for n in range(events):
                store.append(f"board-{n % STREAMS}", [MOVED], expected_version=None)
        began = time.perf_counter()
        while any(each.lag for each in watched.progress()):
            time.sleep(0.01)
        taken = time.perf_counter() - began
        _tell(members, "stop")
        return events / taken

    return follow


def _tell(members: "Sequence[subprocess.Popen[str]]", what: str) -> None:
    """Give an order to each of them, and wait until all have heard it."""
    for member in members:
        print(what, file=member.stdin, flush=True)
    for member in members:
        if not next(iter(member.stdout or ()), ""):
            raise CannotMeasureError("a member of the group failed; what it said is above")
