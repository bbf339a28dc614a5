"""What SQLite's tests do in brief, on a PostgreSQL server that is killed, too."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from tests.faults.clocks import confuse_clocks
from tests.faults.crowd import crowd_together
from tests.faults.full_log import fill_log
from tests.faults.full_tables import fill_tables
from tests.faults.kills import kill_writers
from tests.faults.network import cut_network
from tests.faults.on_postgres import Postgres
from tests.faults.processes import LIMIT
from tests.faults.server import Server, durable_server
from workshop.eventsourcing.postgres import PostgresEventStore
from workshop.eventsourcing.postgres.problems import UnreachableError, explain_connecting
from workshop.eventsourcing.postgres.schema import Schema
from workshop.eventsourcing.testing.store_contract import example_codec

SEED = 1887


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with durable_server() as server:
        yield server


def test_writers_that_are_killed_lose_nothing_and_leave_nothing_half(server: Server) -> None:
    assert kill_writers(Postgres(server.dsn), 6, SEED).wrong == []


def test_a_full_disk_of_the_tables_refuses_a_commit_as_a_whole_and_space_mends_it(
    server: Server,
) -> None:
    try:
        tried = fill_tables(server, 2, SEED)
    except PermissionError as error:
        pytest.skip(str(error))
    assert tried.wrong == []


def test_a_full_disk_of_the_log_takes_nothing_that_was_acknowledged_and_space_mends_it() -> None:
    try:
        tried = fill_log(1, SEED)
    except PermissionError as error:
        pytest.skip(str(error))
    assert tried.wrong == []


def test_clocks_that_differ_and_jump_leave_a_past_that_stays_the_past(server: Server) -> None:
    assert confuse_clocks(Postgres(server.dsn), 60, SEED).wrong == []


def test_a_crowd_whose_server_is_killed_now_and_then_misses_nothing_and_doubles_nothing(
    server: Server,
) -> None:
    assert crowd_together(Postgres(server.dsn), 1, SEED, server).wrong == []
    assert server.deaths > 0


def test_a_connection_that_is_cut_at_any_byte_leaves_every_commit_once(server: Server) -> None:
    assert cut_network(Postgres(server.dsn), 12, SEED).wrong == []


def test_a_server_that_recovers_is_waited_for_like_one_that_starts() -> None:
    said = """connection to server at "::1", port 5432 failed: FATAL:  the database system
        is not yet accepting connections
        DETAIL:  Consistent recovery state has not been yet reached."""
    error = explain_connecting(psycopg.OperationalError(said), "PostgreSQL")
    assert isinstance(error, UnreachableError)
    assert "recovering" in str(error)


def test_a_server_that_goes_away_while_a_store_is_opened_is_come_back_to(server: Server) -> None:
    def end_whoever_waits() -> None:
        ended, deadline = False, time.monotonic() + LIMIT
        while not ended and time.monotonic() < deadline:
            [(ended,)] = other.execute(
                "SELECT count(pg_terminate_backend(pid)) > 0 FROM pg_locks"
                " WHERE locktype = 'advisory' AND NOT granted"
            )
        other.execute("SELECT pg_advisory_unlock_all()")

    with psycopg.connect(server.dsn, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [Schema("slow").lock])
        ending = threading.Thread(target=end_whoever_waits)
        ending.start()
        with closing(
            PostgresEventStore(server.dsn, example_codec(), schema="slow", patience=LIMIT)
        ) as store:
            ending.join()
            assert store.last_position() == 0
