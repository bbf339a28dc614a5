"""How fast the SQLite store is, beside plain `sqlite3` doing the same without a store.

Run it with `python tests/benchmarks/bench_sqlite.py`. Rounds of both are interleaved, so that a
busy machine slows both down; medians are compared. Encoding and decoding count against the store.
"""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from workshop.eventsourcing.codec import EventCodec
from workshop.eventsourcing.event import Event
from workshop.eventsourcing.sqlite import SqliteEventStore

ROUNDS = 9
RAW_INSERT = "INSERT INTO events VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)"
RAW_SELECT = "SELECT * FROM events WHERE stream = ? ORDER BY version"


@dataclass(frozen=True, kw_only=True)
class Advanced(Event):
    """An event of the usual size."""

    work_item_id: str
    column: str
    position: int


EVENT = Advanced(work_item_id="1b4e28ba-2fa1-11d2-883f-0016d3cca427", column="doing", position=3)
CODEC = EventCodec(Advanced, names={"advanced": Advanced})
JSON = CODEC.encode(EVENT).data.decode()


def rates(actions: dict[str, Callable[[], int]]) -> dict[str, float]:
    """The median events per second of each action, which tells how many events it handled."""
    measured: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(ROUNDS):
        for name, action in actions.items():
            began = time.perf_counter()
            events = action()
            measured[name].append(events / (time.perf_counter() - began))
    return {name: statistics.median(values) for name, values in measured.items()}


def report(what: str, store: float, raw: float, goal: float) -> None:
    ratio = store / raw
    verdict = "" if ratio >= goal else "  below"
    print(f"{what:<34}{store:>11,.0f}{raw:>11,.0f}{ratio:>8.2f}{goal:>7.2f}{verdict}")


def bench_append(
    folder: Path, synchronous: Literal["FULL", "NORMAL"], size: int, commits: int, goal: float
) -> None:
    paths = [folder / f"{side}-{synchronous}-{size}.db" for side in ("store", "raw")]
    for path in paths:
        SqliteEventStore(path, CODEC).close()  # the raw side has the same tables
    streams = count()
    with (
        closing(SqliteEventStore(paths[0], CODEC, synchronous=synchronous)) as store,
        closing(sqlite3.connect(paths[1], isolation_level=None)) as raw,
    ):
        raw.execute(f"PRAGMA synchronous = {synchronous}")

        def append() -> int:
            stream = f"board-{next(streams)}"
            for n in range(commits):
                store.append(stream, [EVENT] * size, expected_version=n * size)
            return commits * size

        def insert() -> int:
            stream = f"board-{next(streams)}"
            for n in range(commits):
                first, now = n * size + 1, time.time_ns() // 1000
                rows = [(stream, first + i, now, "advanced", 1, JSON, "{}") for i in range(size)]
                raw.execute("BEGIN IMMEDIATE")
                raw.executemany(RAW_INSERT, rows)
                raw.execute("COMMIT")
            return commits * size

        measured = rates({"store": append, "raw": insert})
    report(f"append, {synchronous}, {size} per commit", measured["store"], measured["raw"], goal)


def bench_read(folder: Path) -> None:
    path = folder / "read.db"
    with closing(SqliteEventStore(path, CODEC)) as store, closing(sqlite3.connect(path)) as raw:
        for size in (10, 1_000):
            for n in range(20_000 // size):
                store.append(f"board-{size}-{n}", [EVENT] * size, expected_version=0)
        for size, times in ((10, 300), (1_000, 10)):
            names = [f"board-{size}-{n}" for n in range(times)]
            measured = rates(
                {
                    "store": lambda names=names: sum(len(list(store.read(n))) for n in names),  # type: ignore[misc]
                    "raw": lambda names=names: sum(  # type: ignore[misc]
                        len(raw.execute(RAW_SELECT, [n]).fetchall()) for n in names
                    ),
                }
            )
            report(f"load a stream of {size}", measured["store"], measured["raw"], 0.3)
        feed = rates(
            {
                "store": lambda: len(list(store.read_all())),
                "by type": lambda: len(list(store.read_all(types=[Advanced]))),
                "raw": lambda: len(raw.execute("SELECT * FROM events").fetchall()),
            }
        )
        report("feed of 40,000", feed["store"], feed["raw"], 0.0)
        report("feed of 40,000, by type", feed["by type"], feed["raw"], 0.0)


def main() -> None:
    print(f"{'events per second':<34}{'store':>11}{'raw':>11}{'ratio':>8}{'goal':>7}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size, commits, goal in ((1, 60, 0.9), (10, 60, 0.8), (100, 20, 0.8)):
            bench_append(folder, "FULL", size, commits, goal)
        for size, commits, goal in ((1, 2_000, 0.65), (10, 500, 0.75), (100, 60, 0.75)):
            bench_append(folder, "NORMAL", size, commits, goal)
        bench_read(folder)


if __name__ == "__main__":
    main()
