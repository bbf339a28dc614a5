"""PostgreSQL whose log is on a full disk: it dies of that, and does not come back before it may."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import psycopg

from tests.faults.acts import acts, perform
from tests.faults.clock import WanderingClock
from tests.faults.full_disk import AFTERWARDS, any_space, small_disk
from tests.faults.ledger import Begun, Done, Interrupted, Ledger
from tests.faults.on_postgres import PostgresPlace
from tests.faults.report import Tried
from tests.faults.server import Server, durable_server
from tests.faults.writer import is_there

__all__ = ["fill_log"]

PATIENCE = 0.5  # seconds for a server that will not come back before there is space
WORDS = ("its disk is full; free", "start the server", "try again in a moment")  # one is said
SEGMENT = 16_777_216  # bytes by which the log grows


def fill_log(runs: int, seed: int) -> Tried:
    """Fill the disk that the log is on; so many times, each with a server of its own.

    Raises:
        PermissionError: This system cannot have such a disk.
    """
    chance, together = random.Random(seed), Ledger()
    wrong: list[str] = []
    for run in range(runs):
        with durable_server() as server:
            server.end()
            log = server.data / "pg_wal"
            size = sum(file.stat().st_size for file in log.iterdir())
            with small_disk(size + chance.randrange(SEGMENT)) as (folder, end_shortage):
                _move(log, folder / "log", server)
                server.start()
                try:
                    ledger = Ledger()
                    complaints = list(_fill_log(server, chance, ledger, end_shortage))
                finally:
                    server.end()
        wrong += [f"run {run}: {each}" for each in complaints]
        together.interrupted += ledger.interrupted
        together.done[str(run)] = ledger.done.total()
    return Tried(
        "disk of the log full (tmpfs), of which the server dies",
        "PostgreSQL",
        f"{runs:,} times",
        f"`StoreError`, which says to start the server; all {together.done.total():,} acknowledged "
        f"commits are there; with space, and the server started, the store goes on; "
        f"{together.interruptions}",
        wrong,
    )


def _fill_most_of_the_log(server: Server, space: int) -> None:
    """Leave so many bytes, since each act takes a few thousand."""
    left = f"{SEGMENT} - (pg_current_wal_insert_lsn() - '0/0') % {SEGMENT} - {space}"
    fill = f"SELECT pg_logical_emit_message(true, '', repeat('x', greatest(0, {left})::integer))"
    with closing(psycopg.connect(server.dsn, autocommit=True)) as connection:
        connection.execute(fill)


def _fill_log(
    server: Server, chance: random.Random, ledger: Ledger, end_shortage: Callable[[], None]
) -> Iterator[str]:
    thought = acts("writer", chance)
    place = PostgresPlace(server.dsn, "full", patience=PATIENCE)
    with closing(place.open(WanderingClock(chance))) as store:
        _fill_most_of_the_log(server, any_space(chance))
        for act in thought:
            ledger.note(Begun(act))
            try:
                perform(store, act)
            except store.losses as error:
                said = str(error)
                break
            ledger.note(Done("writer", act.number))
        if not any(words in said for words in WORDS):
            yield f"it says: {said}"
        server.end()
        end_shortage()
        server.start()
        there = is_there(store, act, 0)
        ledger.note(Interrupted("writer", "unknown" in said, there))
        yield from ledger.complaints(store)
        for again in (*([] if there else [act]), *islice(thought, AFTERWARDS)):
            ledger.note(Begun(again))
            perform(store, again)
            ledger.note(Done("writer", again.number))
        yield from ledger.complaints(store)


def _move(folder: Path, to: Path, server: Server) -> None:
    shutil.move(folder, to)
    folder.symlink_to(to)
    for path in (folder, to, *to.rglob("*")):
        server.take(path)
