"""PostgreSQL whose tables are on a full disk, while its log has another."""

import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from tests.faults.full_disk import any_space, fill, small_disk
from tests.faults.ledger import Ledger
from tests.faults.on_postgres import Postgres, PostgresPlace
from tests.faults.report import Tried
from tests.faults.server import Server

__all__ = ["fill_tables"]

EMPTY = 500_000  # bytes that the tables take when they are made


def fill_tables(server: Server, runs: int, seed: int) -> Tried:
    """Fill the disk that the tables are on, while the log has another; so many times.

    Raises:
        PermissionError: This system cannot have such a disk.
    """
    chance, done = random.Random(seed), 0
    wrong: list[str] = []
    for run in range(runs):
        with (
            small_disk(EMPTY + any_space(chance)) as (folder, end_shortage),
            _tables_in(folder, server) as place,
        ):
            ledger = Ledger()
            wrong += [f"run {run}: {each}" for each in fill(place, chance, ledger, end_shortage)]
            done += ledger.done.total()
    return Tried(
        "disk of the tables full (tmpfs)",
        "PostgreSQL",
        f"{runs:,} times",
        f"`StoreError`, nothing of that commit; all {done:,} acknowledged commits are there; "
        f"with space, the same commit and the next ones succeed",
        wrong,
    )


@contextmanager
def _tables_in(folder: Path, server: Server) -> Iterator[PostgresPlace]:
    tables, name = folder / "tables", f"small_{uuid4().hex}"
    tables.mkdir()
    server.take(tables)
    with closing(psycopg.connect(server.dsn, autocommit=True)) as connection:
        connection.execute(f"CREATE TABLESPACE {name} LOCATION '{tables}'")
        with Postgres(server.dsn).new() as place:
            yield place._replace(options=f"-c default_tablespace={name}")
        connection.execute(f"DROP TABLESPACE {name}")
