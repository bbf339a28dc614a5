"""Append on SQLite, with each `synchronous`, in commits of 1, 10 and 100 events.

Raw inserts encoded rows into the same table with its index and triggers, and checks nothing. The
peer puts events that were made before, through its mapper, transcoder and recorder.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any, Literal

import peer
from measuring import Effort, Goal, Measurement, Timed, measure, timed, timed_after
from ours import CODEC, MOVED

from workshop.eventsourcing import SqliteEventStore

__all__ = ["measurements"]

Synchronous = Literal["FULL", "NORMAL"]
# synchronous, events per commit, at least so much of raw, at least so many times the peer
GOALS: tuple[tuple[Synchronous, int, float, float], ...] = (
    ("FULL", 1, 0.9, 2),
    ("FULL", 10, 0.8, 2.5),
    ("FULL", 100, 0.8, 3),
    ("NORMAL", 1, 0.65, 2),
    ("NORMAL", 10, 0.75, 2.5),
    ("NORMAL", 100, 0.75, 3),
)
INSERT = "INSERT INTO events VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)"
ROW = ("work-item-moved", 1, CODEC.encode(MOVED).data.decode(), "{}")
COMMITS = 10  # to one stream


def measurements(effort: Effort, folder: Path) -> Iterator[Measurement]:
    for synchronous, size, of_raw, of_peer in GOALS:
        where = folder / f"{synchronous}-{size}"
        where.mkdir()
        with (
            closing(SqliteEventStore(where / "ours.db", CODEC, synchronous=synchronous)) as store,
            closing(_raw(where / "raw.db", synchronous)) as connection,
            peer.opened(where / "peer.db", synchronous) as boards,
        ):
            sides = {
                "ours": timed(_append(store, size)),
                "raw": timed(_insert(connection, size)),
                "peer": _put(boards, size),
            }
            goals = (Goal("raw", of_raw), Goal("peer", of_peer))
            name = f"{synchronous}, {size} per commit"
            yield measure(name, "events/s", sides, effort, goals)


def _raw(path: Path, synchronous: Synchronous) -> sqlite3.Connection:
    SqliteEventStore(path, CODEC).close()  # it makes the tables
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    return connection


def _append(store: SqliteEventStore, size: int) -> Callable[[], int]:
    streams, events = count(), [MOVED] * size

    def append() -> int:
        stream = f"board-{next(streams)}"
        for n in range(COMMITS):
            store.append(stream, events, expected_version=n * size)
        return COMMITS * size

    return append


def _insert(connection: sqlite3.Connection, size: int) -> Callable[[], int]:
    streams = count()

    def insert() -> int:
        stream = f"board-{next(streams)}"
        for n in range(COMMITS):
            first, now = n * size + 1, time.time_ns() // 1000
            rows = [(stream, first + i, now, *ROW) for i in range(size)]
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(INSERT, rows)
            connection.execute("COMMIT")
        return COMMITS * size

    return insert


def _put(boards: peer.Boards, size: int) -> Timed:
    def prepare() -> list[Any]:
        return peer.moves(COMMITS * size)

    def put(events: list[Any]) -> int:
        for n in range(0, len(events), size):
            boards.events.put(events[n : n + size])
        return len(events)

    return timed_after(prepare, put)
