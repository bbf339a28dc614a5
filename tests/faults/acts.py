"""What writers do under a fault: seeded acts, each one commit that leaves traces to find it by."""

import random
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import count
from typing import NamedTuple

from tests.faults.stores import Store
from workshop.eventsourcing.testing.store_contract.examples import Opened

__all__ = ["Act", "Batch", "acts", "perform"]

SHARED = ("shared-1", "shared-2", "shared-3")
TEXT = 9_000  # characters at most, so that some events need more than a page of their own
BIG = 1_500  # events in a batch that leaves SQLite's cache for the journal before its commit
KINDS = ("append", "batch", "several streams", "checkpoint", "effect", "effect and events")


class Batch(NamedTuple):
    """Events for one stream; `expected` is the version that their writer knows it is at."""

    stream: str
    size: int
    length: int
    expected: int | None


class Act(NamedTuple):
    """All that a writer does in one commit.

    Attributes:
        writer: Whose it is.
        number: Its place among the writer's acts, from 1.
        batches: What it appends.
        moves: Whether it moves the checkpoint of the writer's name, to the act's number.
        has_effect: Whether it writes a row of a read model.
    """

    writer: str
    number: int
    batches: tuple[Batch, ...]
    moves: bool
    has_effect: bool


def acts(writer: str, chance: random.Random, *, small: bool = False) -> Iterator[Act]:
    """Think of acts without end: the same ones for the same writer and the same chance.

    Args:
        writer: Whose acts.
        chance: What they hang on.
        small: A few events of a line each, not dozens of up to a few pages each.
    """
    own, version, longest = f"own-{writer}", 0, 80 if small else TEXT
    few, many = (4, 6) if small else (20, 60)
    for number in count(1):
        kind = chance.choice(KINDS)
        if kind == "append":
            sizes = [1]
        elif kind == "batch":
            is_big = chance.random() < 0.02 and not small
            sizes = [BIG if is_big else chance.randrange(2, many)]
        elif kind in ("checkpoint", "effect"):
            sizes = []
        else:
            sizes = [chance.randrange(1, few) for _ in range(chance.randrange(2, 5))]
        batches = []
        for stream, size in zip(chance.sample([own, *SHARED], len(sizes)), sizes, strict=True):
            text = 2_000 if size == BIG else int(longest ** chance.random())
            batches.append(Batch(stream, size, text, version if stream == own else None))
            version += size if stream == own else 0
        has_effect = kind.startswith("effect")
        yield Act(writer, number, tuple(batches), has_effect or kind == "checkpoint", has_effect)


def perform(store: Store, act: Act) -> None:
    """Do all of the act in one commit; an act that is a single call needs no transaction."""
    calls = len(act.batches) + act.moves + act.has_effect
    with store.transaction() if calls > 1 else nullcontext():
        for stream, size, length, expected in act.batches:
            events = [Opened(place="x" * length)] * size
            metadata = {"writer": act.writer, "number": str(act.number)}
            store.append(stream, events, expected_version=expected, metadata=metadata)
        if act.has_effect:
            store.add_effect(act.writer, act.number)
        if act.moves:
            store.save_checkpoint(act.writer, act.number)
