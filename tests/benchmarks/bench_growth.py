"""Growth: what something costs beside a long history, and what it costs beside a short one.

Here nothing is raw and there is no peer: the core is compared with itself. The stores hold
boards of ten events each, and loads pick among them at random, from a seed.
"""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from follower_process import memory_of_a_follower
from measuring import Effort, Goal, Measurement, Timed, each_in_turn, measure, timed_after
from ours import CODEC, Board, BoardState, Moves, moved

from workshop.eventsourcing import Repository, Snapshots, SqliteEventStore, Subscription

__all__ = ["measurements"]

FEW, EACH, PAGE = 1_000, 10, 1_000  # events of the small store, of a board, of a page
LONG = 100_000  # events of the board with a long history
SLICE = 500  # so many events are projected each time, or a few more
SAME = 1.2  # two costs are the same if one is at most so many times the other: clocks tremble

T = TypeVar("T")


def measurements(effort: Effort, folder: Path) -> Iterator[Measurement]:
    many, page = effort.most, effort.most - PAGE
    with (
        closing(_filled(folder / "few.db", FEW)) as few,
        closing(_filled(folder / "many.db", many)) as large,
    ):
        sides = {f"of {many:,}": _loading(large, many), f"of {FEW:,}": _loading(few, FEW)}
        yield _cost(f"load {EACH}", sides, effort, at_most=1.5)
        sides = {f"at {many:,}": _paging(large, page), "at 0": _paging(large, 0)}
        yield _cost("page", sides, effort, at_most=SAME)
        sides = _from_snapshots(few, min(LONG, many))
        yield _cost("snapshot", sides, effort, at_most=SAME)
        sides = {f"at {many:,}": _projecting(large, page), "at 0": _projecting(large, 0)}
        yield _cost("project", sides, effort, at_most=SAME)
    yield memory_of_a_follower(folder / "many.db", many)


def _cost(what: str, sides: dict[str, Timed], effort: Effort, *, at_most: float) -> Measurement:
    first, other = sides
    name = f"{what} {first}"
    rates = measure(name, "", sides, effort)
    costs = {side: [1e6 / rate for rate in values] for side, values in rates.sides.items()}
    return Measurement(name, "µs", costs, [Goal(other, at_most, at_most=True)])


def _filled(path: Path, events: int) -> SqliteEventStore:
    store = SqliteEventStore(path, CODEC, synchronous="NORMAL")
    for first in range(0, events // EACH, 1_000):
        with store.transaction():
            for n in range(first, min(first + 1_000, events // EACH)):
                store.append(f"board-{n}", [moved(str(n))] * EACH, expected_version=0)
    return store


def _loading(store: SqliteEventStore, events: int) -> Timed:
    boards = Repository(Board, store, category="board")
    ids = [str(n) for n in random.Random(2015).choices(range(events // EACH), k=2_000)]

    return each_in_turn(_once(boards.get), ids)


def _paging(store: SqliteEventStore, after: int) -> Timed:
    return each_in_turn(_once(lambda place: list(store.read_all(after=place, limit=PAGE))), [after])


def _from_snapshots(store: SqliteEventStore, long: int) -> dict[str, Timed]:
    sizes = (long, EACH)
    for size in sizes:
        store.append(f"snapshot-{size}", [moved(str(size))] * size, expected_version=0)
    snapshots = Snapshots(BoardState, take=Board.state, restore=Board.of, every=1)
    boards = Repository(Board, store, category="snapshot", snapshots=snapshots)
    return {f"of {size:,}": each_in_turn(_once(boards.get), [str(size)]) for size in sizes}


def _projecting(store: SqliteEventStore, after: int) -> Timed:
    def prepare() -> tuple[Moves, threading.Event]:
        stop = threading.Event()
        moves = Moves(SLICE, stop.set)
        store.save_checkpoint(moves.name, after)
        return moves, stop

    def project(prepared: tuple[Moves, threading.Event]) -> int:
        moves, stop = prepared
        Subscription(store, moves).run(stop)
        return moves.seen

    return timed_after(prepare, project)


def _once(action: Callable[[T], object]) -> Callable[[T], int]:
    """An action that counts as one thing done."""

    def run(item: T) -> int:
        action(item)
        return 1

    return run
