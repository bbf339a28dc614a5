"""One of several writers on a PostgreSQL server, in a process of its own.

    python tests/benchmarks/writer_process.py KIND DSN

For each number of seconds on its standard input it appends that long, an event a commit, to a
stream of its own, and prints how many it appended and in how many seconds.
"""

import os
import sys
import time
from collections.abc import Callable, Mapping
from itertools import count

import psycopg
from ours import CODEC, MOVED

from solutions.event_sourced import postgres_store as step_19
from workshop.eventsourcing.postgres import PostgresEventStore

__all__ = ["KINDS", "OURS", "RAW", "SCHEMAS", "STEP_19"]

OURS, RAW, STEP_19 = SCHEMAS = (
    "workshop_bench_ours",
    "workshop_bench_raw",
    "workshop_bench_step_19",
)
INSERT = f"""
    INSERT INTO {RAW}.events (stream, version, recorded_at, name, schema, data, metadata)
    VALUES (%s, %s, %s, 'work-item-moved', 1, %s, '{{}}')
"""

Append = Callable[[str, int], object]
"""Appends to a stream at a version."""


def ours(dsn: str) -> Append:
    store = PostgresEventStore(dsn, CODEC, schema=OURS)
    return lambda stream, version: store.append(stream, [MOVED], expected_version=version)


def raw(dsn: str) -> Append:
    """One statement a commit, with a position from a sequence: no lock, no check, no order."""
    connection = psycopg.connect(dsn, autocommit=True)
    data = CODEC.encode(MOVED).data.decode()
    return lambda stream, version: connection.execute(
        INSERT, [stream, version + 1, time.time_ns() // 1000, data]
    )


def students(dsn: str) -> Append:
    store = step_19.PostgresEventStore(dsn, CODEC)  # type: ignore[arg-type]  # has what it uses
    return lambda stream, version: store.append(stream, [MOVED], expected_version=version)


def students_alone(dsn: str) -> Append:
    """The same statements, and a lock that nobody else wants: so it waits for nobody."""
    vars(step_19)["_APPENDING"] = os.getpid()
    return students(dsn)


KINDS: Mapping[str, Callable[[str], Append]] = {
    "ours": ours,
    "raw": raw,
    "students": students,
    "students, alone": students_alone,
}


def main(kind: str, dsn: str) -> None:
    append = KINDS[kind](dsn)
    stream, versions = f"board-{os.getpid()}", count()
    print("ready", flush=True)
    for line in sys.stdin:
        began, done = time.perf_counter(), 0
        while not done or time.perf_counter() < began + float(line):
            append(stream, next(versions))
            done += 1
        print(done, time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
