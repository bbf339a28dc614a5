"""Append on PostgreSQL in commits of 1, 10 and 100 events.

Raw is psycopg with BEGIN, INSERT, COMMIT into the same table, without a lock, a check or an order:
all rows in one statement, or each in its own by `executemany`; the goals are for both. The store
sends all events in one statement to a function in the server, which commits too, and so can be
ahead of it. `with NOTIFY` is our store again, telling its followers.

The private server does not wait for its disk, so that nothing hides what the store adds. Set
WORKSHOP_POSTGRES_DSN to measure on a server that does.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

import psycopg
from measuring import Effort, Goal, Measurement, Timed, measure, timed
from on_server import server_without
from ours import CODEC, MOVED

from workshop.eventsourcing.postgres import PostgresEventStore

__all__ = ["measurements"]

# events per commit, at least so much of raw
GOALS = ((1, 0.65), (10, 0.8), (100, 0.85))
OURS, RAW = "workshop_bench_ours", "workshop_bench_raw"
COLUMNS = "(%s, %s, %s, %s, %s, %s, %s, %s, gen_random_uuid())"
ENCODED = ("work-item-moved", 1, CODEC.encode(MOVED).data.decode(), "{}")
COMMITS = 10  # to one stream


def measurements(effort: Effort, folder: Path) -> Iterator[Measurement]:
    with (
        server_without(OURS, RAW) as (dsn, connection),
        closing(_store(dsn, OURS)) as store,
        closing(_store(dsn, OURS, notify=True)) as notifying,
    ):
        _store(dsn, RAW).close()  # it makes the tables
        streams = count()
        for size, of_raw in GOALS:
            sides = {
                "ours": _appending(store, streams, size),
                **_raw(connection, size),
                "with NOTIFY": _appending(notifying, streams, size),
            }
            goals = [Goal(side, of_raw) for side in ("raw", "raw, each")]
            yield measure(f"{size} per commit", "events/s", sides, effort, goals)


def _store(dsn: str, schema: str, *, notify: bool = False) -> PostgresEventStore:
    return PostgresEventStore(dsn, CODEC, schema=schema, notify=notify)


def _appending(store: PostgresEventStore, streams: Iterator[int], size: int) -> Timed:
    events = [MOVED] * size

    def append() -> int:
        stream = f"board-{next(streams)}"
        for n in range(COMMITS):
            store.append(stream, events, expected_version=n * size)
        return COMMITS * size

    return timed(append)


def _raw(connection: psycopg.Connection, size: int) -> dict[str, Timed]:
    [(last,)] = connection.execute(f"SELECT coalesce(max(position), 0) FROM {RAW}.events")
    positions = count(last + 1)
    one = f"INSERT INTO {RAW}.events VALUES {', '.join([COLUMNS] * size)}"
    each = f"INSERT INTO {RAW}.events VALUES {COLUMNS}"

    def in_one(rows: Sequence[tuple[object, ...]]) -> None:
        connection.execute(one, [value for row in rows for value in row])

    def in_many(rows: Sequence[tuple[object, ...]]) -> None:
        connection.cursor().executemany(each, rows)

    def inserting(insert: Callable[[Sequence[tuple[object, ...]]], None]) -> Timed:
        def commits() -> int:
            first = next(positions)
            for n in range(COMMITS):
                now = time.time_ns() // 1000
                rows = [
                    (next(positions), f"board-{first}", n * size + i + 1, now, *ENCODED)
                    for i in range(size)
                ]
                connection.execute("BEGIN")
                insert(rows)
                connection.execute("COMMIT")
            return COMMITS * size

        return timed(commits)

    return {"raw": inserting(in_one), "raw, each": inserting(in_many)}
