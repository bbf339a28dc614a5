"""Load an aggregate of 10, 1,000 and 100,000 events through the repository.

Raw selects the rows of the stream, and makes nothing of them. The peer loads as it is shipped,
and in another process with its assertions taken out (`python -O`).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import peer
from measuring import Effort, Goal, Measurement, Timed, each_in_turn, measure
from ours import CODEC, Board, moved
from peer_process import loading_without_assertions

from workshop.eventsourcing import Repository, SqliteEventStore

__all__ = ["measurements"]

SIZES = (10, 1_000, 100_000)
GOALS = (Goal("raw", 0.3), Goal("peer", 10), Goal("peer -O", 5))
SELECT = "SELECT * FROM events WHERE stream = ? ORDER BY version"


def measurements(effort: Effort, folder: Path) -> Iterator[Measurement]:
    for size in (size for size in SIZES if size <= effort.most):
        if size == SIZES[-1]:  # each round takes seconds
            effort = replace(effort, rounds=min(effort.rounds, 5))
        with ExitStack() as stack:
            number = max(1, min(20, effort.most // size // 2))  # not always the same one
            sides = _sides(stack, folder, size, number)
            yield measure(f"an aggregate of {size:,}", "events/s", sides, effort, GOALS)


def _sides(stack: ExitStack, folder: Path, size: int, number: int) -> dict[str, Timed]:
    path, peers_path = folder / f"ours-{size}.db", folder / f"peer-{size}.db"
    store = stack.enter_context(closing(SqliteEventStore(path, CODEC, synchronous="NORMAL")))
    raw = stack.enter_context(closing(sqlite3.connect(path)))
    boards = stack.enter_context(peer.opened(peers_path))
    ids = [f"{n:08}" for n in range(number)]
    for each in ids:
        store.append(f"board-{each}", [moved(each)] * size, expected_version=0)
    peers = [peer.put(boards, size) for _ in ids]
    repository = Repository(Board, store, category="board")
    apart = loading_without_assertions(peers_path, peers)
    return {
        "ours": each_in_turn(lambda each: repository.get(each).version, ids),
        "raw": each_in_turn(lambda each: len(_rows(raw, each)), ids),
        "peer": each_in_turn(lambda each: peer.loaded(boards, each), peers),
        "peer -O": stack.enter_context(apart),
    }


def _rows(raw: sqlite3.Connection, board: str) -> list[object]:
    return raw.execute(SELECT, [f"board-{board}"]).fetchall()
