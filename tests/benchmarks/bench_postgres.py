"""How fast the PostgreSQL store is, beside plain psycopg doing the same without lock or check.

Run it with `python tests/benchmarks/bench_postgres.py`. Rounds of both are interleaved, so that a
busy machine slows both down; medians are compared. Encoding and decoding count against the store.
Plain psycopg does BEGIN, INSERT, COMMIT, and inserts in two ways, of which the faster one counts:
all rows in one statement, or one statement a row, sent together by `executemany`. The store does
all of it in one statement, so it makes up for its lock and its checks.

The server does not wait for its disk, so that nothing hides what the store adds. With `--durable`
it does, as servers in use do.
"""

import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from itertools import count

import psycopg
from bench_sqlite import CODEC, EVENT, JSON, rates

from workshop.eventsourcing.postgres import PostgresEventStore
from workshop.eventsourcing.testing import postgres_server

COLUMNS = "%s, %s, %s, %s, %s, %s, %s, %s, gen_random_uuid()"
INSERT = f"INSERT INTO raw.events VALUES ({COLUMNS})"
SELECT = """SELECT position, stream, version, recorded_at, name, schema, data::text, metadata::text
    FROM raw.events WHERE stream = %s ORDER BY version"""


def report(what: str, store: float, raw: float, goal: float) -> None:
    verdict = "" if store / raw >= goal else "  below"
    print(f"{what:<34}{store:>11,.0f}{raw:>11,.0f}{store / raw:>8.2f}{goal:>7.2f}{verdict}")


def inserting(
    raw: psycopg.Connection, size: int, commits: int, positions: Callable[[], int]
) -> dict[str, Callable[[], int]]:
    """The two ways to insert without a store."""
    many_rows = "INSERT INTO raw.events VALUES " + ", ".join([f"({COLUMNS})"] * size)

    def rows(stream: str, n: int) -> list[tuple[object, ...]]:
        now = time.time_ns() // 1000
        return [
            (positions(), stream, n * size + i + 1, now, "advanced", 1, JSON, "{}")
            for i in range(size)
        ]

    def in_one() -> int:
        stream = f"board-{positions()}"
        for n in range(commits):
            values = [value for row in rows(stream, n) for value in row]
            raw.execute("BEGIN")
            raw.execute(many_rows.encode(), values)
            raw.execute("COMMIT")
        return commits * size

    def each() -> int:
        stream = f"board-{positions()}"
        for n in range(commits):
            raw.execute("BEGIN")
            raw.cursor().executemany(INSERT, rows(stream, n))
            raw.execute("COMMIT")
        return commits * size

    return {"one": in_one, "each": each}


def bench_append(dsn: str) -> None:
    positions = count(1)
    with (
        closing(PostgresEventStore(dsn, CODEC, schema="store")) as store,
        closing(PostgresEventStore(dsn, CODEC, schema="store", notify=True)) as notifying,
        closing(PostgresEventStore(dsn, CODEC, schema="raw")),  # has the same tables
        psycopg.connect(dsn, autocommit=True) as raw,
    ):
        for size, commits, goal in ((1, 400, 0.65), (10, 200, 0.8), (100, 40, 0.85)):

            def append(
                store: PostgresEventStore = store, size: int = size, commits: int = commits
            ) -> int:
                stream = f"board-{next(positions)}"
                for n in range(commits):
                    store.append(stream, [EVENT] * size, expected_version=n * size)
                return commits * size

            plain = inserting(raw, size, commits, positions.__next__)
            stores: dict[str, Callable[[], int]] = {
                "store": append,
                "notifying": partial(append, notifying),
            }
            measured = rates({**stores, **plain})
            fastest = max(measured[name] for name in plain)
            report(f"append, {size} per commit", measured["store"], fastest, goal)
            report("    with notify", measured["notifying"], fastest, 0.0)


def bench_read(dsn: str) -> None:
    with (
        closing(PostgresEventStore(dsn, CODEC, schema="raw")) as store,
        psycopg.connect(dsn, autocommit=True) as raw,
    ):
        for size, times in ((10, 100), (1_000, 5)):
            names = [f"load-{size}-{n}" for n in range(times)]
            for name in names:
                store.append(name, [EVENT] * size, expected_version=0)
            measured = rates(
                {
                    "store": lambda names=names: sum(len(list(store.read(n))) for n in names),  # type: ignore[misc]
                    "raw": lambda names=names: sum(  # type: ignore[misc]
                        len(raw.execute(SELECT, [n]).fetchall()) for n in names
                    ),
                }
            )
            report(f"load a stream of {size}", measured["store"], measured["raw"], 0.3)


def main(durable: bool) -> None:
    print(f"{'events per second':<34}{'store':>11}{'raw':>11}{'ratio':>8}{'goal':>7}")
    with postgres_server() as dsn:
        if durable:
            with psycopg.connect(dsn, autocommit=True) as connection:
                for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                    connection.execute(f"ALTER SYSTEM SET {setting} = on".encode())
                connection.execute("SELECT pg_reload_conf()")
        bench_append(dsn)
        bench_read(dsn)


if __name__ == "__main__":
    main(durable="--durable" in sys.argv)
