"""The connection to PostgreSQL is cut: in a question, in its answer, or in between."""

import random
from contextlib import closing

from tests.faults.acts import acts
from tests.faults.clock import WanderingClock
from tests.faults.ledger import Begun, Done, Ledger
from tests.faults.on_postgres import Postgres
from tests.faults.proxy import cutting_proxy
from tests.faults.report import Tried
from tests.faults.writer import insist

__all__ = ["cut_network"]


def cut_network(kind: Postgres, runs: int, seed: int) -> Tried:
    """Write through a connection that is cut so many times, and look at all that is there."""
    chance, ledger = random.Random(seed), Ledger()
    clock, thought = WanderingClock(chance), acts("writer", random.Random(seed), small=True)
    with (
        kind.new() as place,
        closing(place.open(clock)) as store,
        cutting_proxy(place.dsn, random.Random(seed)) as proxy,
        closing(place._replace(dsn=proxy.dsn).open(clock)) as writing,
    ):
        while proxy.cuts < runs:
            act = next(thought)
            ledger.note(Begun(act))
            for interrupted in insist(writing, act):
                ledger.note(interrupted)
            ledger.note(Done(act.writer, act.number))
        wrong = ledger.complaints(store)
    return Tried(
        "the connection cut at any byte",
        kind.name,
        f"{proxy.cuts:,} cuts",
        f"{ledger.done.total():,} commits acknowledged; {ledger.interruptions}",
        wrong,
    )
