"""A writer in a process of its own: it does one act after the other, and says so."""

import random
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Any, NamedTuple

from tests.faults.acts import Act, acts, perform
from tests.faults.clock import WanderingClock
from tests.faults.deaths import die_after_instructions, die_at_byte
from tests.faults.ledger import Begun, Done, Interrupted
from tests.faults.stores import Place, Store

__all__ = ["Writing", "insist", "is_there", "write"]

LEAD = 300  # events that writers may be ahead of followers, so that all are at work together


class Writing(NamedTuple):
    """What a writer is to do.

    Attributes:
        place: Where the store is.
        name: The writer's name.
        seed: Tells its acts and its clock.
        limit: How many acts it does, if nobody stops it.
        dies_after: It dies once SQLite has done so many instructions; 0 leaves that to others.
        dies_at: It dies when a file would become longer than so many bytes; 0 likewise.
        followers: For whom it waits, when they are far behind.
    """

    place: Place
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
    with closing(task.place.open(clock)) as store:
        if task.dies_after:
            die_after_instructions(store, task.dies_after)
        for act in islice(acts(task.name, chance, small=bool(task.followers)), task.limit):
            while any(store.last_position() - store.checkpoint(f) > LEAD for f in task.followers):
                if wire.poll(0.01):
                    return
            if wire.poll():
                return
            wire.send(Begun(act))
            for interrupted in insist(store, act):
                wire.send(interrupted)
            wire.send(Done(act.writer, act.number))


def insist(store: Store, act: Act) -> Iterator[Interrupted]:
    """Do the act; if the store was lost over it, look whether it is there, and do it again if not.

    A store that cannot be lost has no errors that allow for this.
    """
    before = store.last_position()
    while True:
        try:
            perform(store, act)
        except store.losses as error:
            there = is_there(store, act, before)
            yield Interrupted(act.writer, "unknown" in str(error), there)
        else:
            return
        if there:
            return


def is_there(store: Store, act: Act, before: int) -> bool:
    """Look, once whatever the server may still be doing for a lost connection has come to an end.

    To append nothing, or to ask for the checkpoint, waits for a commit that is under way.
    """
    itself = {"writer": act.writer, "number": str(act.number)}
    while True:
        try:
            with store.transaction():
                store.append(f"own-{act.writer}", [], expected_version=None)
                moved = store.checkpoint(act.writer) >= act.number
                written = any(each.metadata == itself for each in store.read_all(after=before))
        except store.losses:
            continue
        return moved if act.moves else written
