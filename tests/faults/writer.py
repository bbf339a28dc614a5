"""A writer in a process of its own: it does one act after the other, and says so."""

import random
import sys
from contextlib import closing
from itertools import islice
from typing import Any, NamedTuple

from tests.faults.acts import acts, perform
from tests.faults.clock import WanderingClock
from tests.faults.deaths import die_after_instructions, die_at_byte
from tests.faults.ledger import Begun, Done
from tests.faults.stores import Synchronous, open_store

__all__ = ["Writing", "write"]

LEAD = 300  # events that writers may be ahead of followers, so that all are at work together


class Writing(NamedTuple):
    """What a writer is to do.

    Attributes:
        address: Which store.
        synchronous: As the store has it.
        name: The writer's name.
        seed: Tells its acts and its clock.
        limit: How many acts it does, if nobody stops it.
        dies_after: It dies once SQLite has done so many instructions; 0 leaves that to others.
        dies_at: It dies when a file would become longer than so many bytes; 0 likewise.
        followers: For whom it waits, when they are far behind.
    """

    address: str
    synchronous: Synchronous
    name: str
    seed: int
    limit: int = sys.maxsize
    dies_after: int = 0
    dies_at: int = 0
    followers: tuple[str, ...] = ()


def write(task: Writing, wire: Any) -> None:
    """Do acts, and say of each that it begins and that it is done, until told to stop."""
    chance, clock = random.Random(task.seed), WanderingClock(random.Random(task.seed))
    if task.dies_at:
        die_at_byte(task.dies_at)
    with closing(open_store(task.address, clock, synchronous=task.synchronous)) as store:
        if task.dies_after:
            die_after_instructions(store, task.dies_after)
        for act in islice(acts(task.name, chance, small=bool(task.followers)), task.limit):
            while any(store.last_position() - store.checkpoint(f) > LEAD for f in task.followers):
                if wire.poll(0.01):
                    return
            if wire.poll():
                return
            wire.send(Begun(act))
            perform(store, act)
            wire.send(Done(act.writer, act.number))
