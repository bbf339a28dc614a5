"""Writers whose clocks differ, are set back and are set ahead, by up to fifty years."""

import random
from contextlib import closing
from datetime import timedelta

from tests.faults.clock import WanderingClock
from tests.faults.ledger import Ledger
from tests.faults.processes import Process
from tests.faults.report import Tried
from tests.faults.stores import Kind, Store
from tests.faults.writer import Writing, write

__all__ = ["confuse_clocks"]

WRITERS = 4
PER_STORE = 400  # commits; then a new store, since nothing is dated before the latest moment
MOMENTS = 20  # of each store, at which its streams are read as they were
MICROSECOND = timedelta(microseconds=1)


def confuse_clocks(kind: Kind, runs: int, seed: int) -> Tried:
    """Have about so many commits done by writers of different times."""
    chance, wrong, done, readings = random.Random(seed), [], 0, 0
    for first in range(0, runs, PER_STORE):
        with kind.new() as place:
            place.open(WanderingClock(chance)).close()
            ledger = Ledger()
            limit = -(-min(PER_STORE, runs - first) // WRITERS)
            processes = []
            for number in range(WRITERS):
                task = Writing(place, f"writer-{number}", chance.getrandbits(32))
                processes.append(Process(write, task._replace(limit=limit)))
            for process in processes:
                for said in process.hear():
                    ledger.note(said)
                if process.end() != 0:
                    wrong.append("a writer failed")
            done += ledger.done.total()
            with closing(place.open(WanderingClock(chance))) as store:
                wrong += ledger.complaints(store)
                for _ in range(MOMENTS):
                    readings += 1
                    wrong += complaints_of_the_past(store, chance)
    return Tried(
        f"{WRITERS} writers whose clocks differ, and jump back and ahead by up to 50 years",
        kind.name,
        f"{done:,} commits",
        f"`recorded_at` never decreases; {readings:,} readings with `as_at` are prefixes",
        wrong,
    )


def complaints_of_the_past(store: Store, chance: random.Random) -> list[str]:
    """Read a stream as it was at the moment of one of its events, and shortly before and after."""
    wrong = []
    stored = list(store.read(f"shared-{chance.randrange(1, 4)}"))
    moment = chance.choice(stored).recorded_at
    for as_at in (moment - MICROSECOND, moment, moment + MICROSECOND):
        past = list(store.read(stored[0].stream, as_at=as_at))
        rest = stored[len(past) :]
        if past != stored[: len(past)] or any(each.recorded_at <= as_at for each in rest):
            wrong.append(f"{stored[0].stream} as at {as_at} is no prefix")
    return wrong
