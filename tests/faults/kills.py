"""Writers are killed: from outside, between two instructions of SQLite, or in a write to a file."""

import random
import time
from contextlib import closing

from tests.faults.clock import WanderingClock
from tests.faults.ledger import Ledger
from tests.faults.processes import Process
from tests.faults.report import Tried
from tests.faults.stores import Kind, Place, SqlitePlace
from tests.faults.writer import Writing, write

__all__ = ["kill_writers"]

AT_ONCE = 2  # writers, so that one is at work while the other dies
INSTRUCTIONS = 20_000  # at most, before a writer dies
BYTES = 4_000_000  # likewise, in any of its files
PER_STORE = 20  # kills; then a new store, so that some die while it is being made


def kill_writers(kind: Kind, runs: int, seed: int) -> Tried:
    """Kill so many writers, and look at all that is in the store after each pair of them."""
    chance = random.Random(seed)
    wrong: list[str] = []
    done = lost = whole = absent = 0
    for first in range(0, runs, PER_STORE):
        with kind.new() as place:
            ledger = Ledger()
            for run in range(first, min(first + PER_STORE, runs), AT_ONCE):
                kill_together(place, run, min(AT_ONCE, runs - run), chance, ledger)
                with closing(place.open(WanderingClock(chance))) as store:
                    wrong += [f"run {run}: {each}" for each in ledger.complaints(store)]
            for writer, begun in ledger.begun.items():
                done += ledger.done[writer]
                lost += max(0, ledger.done[writer] - ledger.reached[writer])
                whole += max(0, ledger.reached[writer] - ledger.done[writer])
                absent += len(begun) - ledger.reached[writer]
    return Tried(
        "writers killed (SIGKILL)",
        kind.name,
        f"{runs:,} kills",
        f"{done:,} commits acknowledged, {lost:,} lost; of {whole + absent:,} in flight "
        f"{whole:,} whole, {absent:,} not at all",
        wrong,
    )


def kill_together(
    place: Place, run: int, writers: int, chance: random.Random, ledger: Ledger
) -> None:
    """Start writers, kill each at a moment of its own, and note what they said."""
    processes = []
    for number in range(run, run + writers):
        task = Writing(place, f"writer-{number}", chance.getrandbits(32))
        processes.append(Process(write, mortal(task, chance)))
    for process in processes:
        for said in process.hear(chance.randrange(20)):
            ledger.note(said)
        time.sleep(chance.uniform(0, 0.01))  # to hit another moment each time, not to wait
        process.kill()
        for said in process.hear():
            ledger.note(said)
    for process in processes:
        if process.end() in (0, 1):
            raise RuntimeError("a writer failed or ended before it was killed")


def mortal(task: Writing, chance: random.Random) -> Writing:
    """Choose how the writer dies; early more often than late, since it has most to lose there."""
    if not isinstance(task.place, SqlitePlace):
        return task
    death = chance.choice(["from outside", "between instructions", "in a write"])
    if death == "between instructions":
        return task._replace(dies_after=int(INSTRUCTIONS ** chance.random()))
    return task if death == "from outside" else task._replace(dies_at=int(BYTES ** chance.random()))
