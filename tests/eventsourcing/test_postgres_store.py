# ruff: noqa: PT012  a transaction is a block that raises
"""What the PostgreSQL store promises beyond the contract, while its server runs."""

import gc
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from subprocess import PIPE
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from workshop.eventsourcing import (
    Event,
    EventCodec,
    Projection,
    StoredEvent,
    StoreError,
    Subscription,
)
from workshop.eventsourcing.postgres import PostgresEventStore
from workshop.eventsourcing.postgres.pages import select
from workshop.eventsourcing.postgres.schema import Schema
from workshop.eventsourcing.record import Query
from workshop.eventsourcing.testing.store_contract import example_codec
from workshop.eventsourcing.testing.store_contract.examples import (
    Jammed,
    Opened,
    Passed,
    entered,
    numbers,
)

ROOT = Path(__file__).parents[2]
LIMIT = 60  # seconds for what takes less than one on a machine with nothing else to do


@pytest.fixture
def store(server: str, schema: str) -> Iterator[PostgresEventStore]:
    store = PostgresEventStore(server, example_codec(), schema=schema)
    yield store
    store.close()


@pytest.fixture
def shell(server: str, schema: str) -> Iterator[psycopg.Connection]:
    """A connection as another program would have it, which finds the schema's tables by name."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("SET search_path TO {}").format(Identifier(schema)))
        yield connection


# The schema


def test_what_was_appended_is_there_when_the_store_is_opened_again(
    server: str, schema: str
) -> None:
    with closing(PostgresEventStore(server, example_codec(), schema=schema)) as store:
        store.append("gate-1", entered(1, 2), expected_version=0, metadata={"by": "me"})
        store.save_checkpoint("lead-times", 2)
        before = list(store.read_all())
    with closing(PostgresEventStore(server, example_codec(), schema=schema)) as store:
        assert list(store.read_all()) == before
        assert store.checkpoint("lead-times") == 2


def test_sql_can_look_into_the_events(store: PostgresEventStore, shell: psycopg.Connection) -> None:
    store.append("gate-1", [Opened(place="Köln")], expected_version=0, metadata={"by": "me"})
    select = "SELECT stream, version, name, data->>'place', metadata->>'by' FROM events"
    assert shell.execute(select).fetchall() == [("gate-1", 1, "opened", "Köln", "me")]


@pytest.mark.parametrize(
    "statement",
    [
        b"UPDATE events SET data = '{}'",
        b"UPDATE events SET position = 7 WHERE position = 1",
        b"DELETE FROM events",
        b"DELETE FROM events WHERE position = 2",
        b"TRUNCATE events",
    ],
)
def test_the_database_refuses_to_change_or_delete_events(
    store: PostgresEventStore, shell: psycopg.Connection, statement: bytes
) -> None:
    store.append("gate-1", entered(1, 2), expected_version=0)
    with pytest.raises(psycopg.IntegrityError, match="append-only"):
        shell.execute(statement)
    assert numbers(store.read("gate-1")) == [1, 2]


def test_two_schemas_of_a_database_are_two_stores(server: str, schema: str) -> None:
    with (
        closing(PostgresEventStore(server, example_codec(), schema=schema)) as one,
        closing(PostgresEventStore(server, example_codec(), schema=schema[::-1])) as other,
        psycopg.connect(server, autocommit=True) as connection,
    ):
        with one.transaction():
            one.append("gate-1", entered(1), expected_version=0)
            other.append("gate-1", entered(2), expected_version=0)  # does not wait for the one
        assert numbers(other.read_all()) == [2]
        connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(schema[::-1])))


def test_a_new_schema_may_be_made_by_many_at_once(server: str, schema: str) -> None:
    def open_and_append() -> None:
        together.wait()
        with closing(PostgresEventStore(server, example_codec(), schema=schema)) as store:
            store.append("gate-1", entered(1), expected_version=None)

    together = threading.Barrier(6)
    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(open_and_append) for _ in range(6)]:
            done.result()
    with closing(PostgresEventStore(server, example_codec(), schema=schema)) as store:
        assert [each.version for each in store.read("gate-1")] == [1, 2, 3, 4, 5, 6]


def test_a_schema_of_newer_software_is_left_alone(
    server: str, schema: str, store: PostgresEventStore, shell: psycopg.Connection
) -> None:
    store.append("gate-1", entered(1), expected_version=0)
    shell.execute("UPDATE store SET version = 2")
    with pytest.raises(StoreError, match=r"newer software .*update the software"):
        PostgresEventStore(server, example_codec(), schema=schema)
    assert numbers(store.read_all()) == [1]


def test_a_schema_of_another_application_is_left_alone(
    server: str, schema: str, shell: psycopg.Connection
) -> None:
    shell.execute(SQL("CREATE SCHEMA {}").format(Identifier(schema)))
    shell.execute("CREATE TABLE events (name text)")
    with pytest.raises(StoreError, match="belongs to another application"):
        PostgresEventStore(server, example_codec(), schema=schema)


@pytest.mark.parametrize("name", ["", "x" * 64, "ü" * 32])
def test_a_schema_whose_name_would_be_cut_is_refused(server: str, name: str) -> None:
    with pytest.raises(ValueError, match="1 to 63 bytes"):
        PostgresEventStore(server, example_codec(), schema=name)


def test_a_database_in_another_encoding_is_refused(
    server: str, schema: str, shell: psycopg.Connection
) -> None:
    database = Identifier(f"{schema} latin")
    create = "CREATE DATABASE {} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
    shell.execute(SQL(create).format(database))
    dsn = make_conninfo(server, dbname=f"{schema} latin")
    with pytest.raises(StoreError, match="LATIN1; make a database in UTF8"):
        PostgresEventStore(dsn, example_codec(), schema=schema)
    shell.execute(SQL("DROP DATABASE {}").format(database))


# Users and their rights


@pytest.fixture
def guest(server: str, schema: str, shell: psycopg.Connection) -> Iterator[str]:
    """The DSN of a user who may connect, and no more."""
    name = f"guest {schema[-20:]}"
    shell.execute(SQL("CREATE ROLE {} LOGIN PASSWORD 'guest'").format(Identifier(name)))
    yield make_conninfo(server, user=name, password="guest")
    shell.execute(SQL("DROP OWNED BY {} CASCADE").format(Identifier(name)))
    shell.execute(SQL("DROP ROLE {}").format(Identifier(name)))


def test_a_user_who_has_a_schema_need_not_be_allowed_to_create_one(
    guest: str, schema: str, shell: psycopg.Connection
) -> None:
    user = Identifier(f"guest {schema[-20:]}")
    create = SQL("CREATE SCHEMA {} AUTHORIZATION {}").format(Identifier(schema), user)
    shell.execute(create)
    with closing(PostgresEventStore(guest, example_codec(), schema=schema)) as store:
        store.append("gate-1", entered(1), expected_version=0)
        assert numbers(store.read_all()) == [1]


def test_a_user_who_may_not_create_the_schema_is_told_what_to_grant(
    guest: str, schema: str
) -> None:
    with pytest.raises(StoreError, match="grant the user"):
        PostgresEventStore(guest, example_codec(), schema=schema)


def test_a_user_who_may_only_read_can_read_and_is_told_why_not_more(
    guest: str, schema: str, store: PostgresEventStore, shell: psycopg.Connection
) -> None:
    store.append("gate-1", entered(1), expected_version=0)
    names = Identifier(schema), Identifier(f"guest {schema[-20:]}")
    shell.execute(SQL("GRANT USAGE ON SCHEMA {} TO {}").format(*names))
    shell.execute(SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}").format(*names))
    with closing(PostgresEventStore(guest, example_codec(), schema=schema)) as reader:
        assert numbers(reader.read_all()) == [1]
        with pytest.raises(StoreError, match="grant the user"):
            reader.append("gate-1", entered(2), expected_version=1)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"dbname": "nowhere"}, "no such database; name another"),
        ({"user": "nobody at all"}, "no such user; name another|does not take this password"),
        ({"host": "127.0.0.1", "port": "1"}, "cannot be reached; start the server"),
        ({"host": "nowhere.invalid"}, "cannot be reached; start the server"),
    ],
    ids=["database", "user", "port", "host"],
)
def test_a_server_that_lets_nobody_in_is_an_error_that_says_what_to_do(
    server: str, changed: dict[str, str], said: str
) -> None:
    dsn = make_conninfo(server, **changed, password="secret")
    with pytest.raises(StoreError, match=said) as error:
        PostgresEventStore(dsn, example_codec(), patience=0.1)
    assert "secret" not in str(error.value)


def test_a_dsn_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="a DSN is like"):
        PostgresEventStore("nonsense", example_codec())


def test_a_server_that_only_reads_says_so_and_can_be_read(
    server: str, schema: str, store: PostgresEventStore
) -> None:
    store.append("gate-1", entered(1), expected_version=0)
    dsn = make_conninfo(server, options="-c default_transaction_read_only=on")
    with closing(PostgresEventStore(dsn, example_codec(), schema=schema)) as standby:
        assert numbers(standby.read_all()) == [1]
        with pytest.raises(StoreError, match="is read-only, perhaps as a standby"):
            standby.append("gate-1", entered(2), expected_version=1)


def test_a_lock_that_is_not_had_in_time_is_an_error_that_says_so(
    server: str, schema: str, store: PostgresEventStore
) -> None:
    dsn = make_conninfo(server, options="-c lock_timeout=10ms")
    with closing(PostgresEventStore(dsn, example_codec(), schema=schema)) as other:
        with store.transaction():
            store.append("gate-1", entered(1), expected_version=0)
            with pytest.raises(StoreError, match="locked by another transaction"):
                other.append("gate-1", entered(2), expected_version=0)
        assert other.append("gate-1", entered(2), expected_version=1).version == 2


def test_text_that_postgresql_cannot_keep_is_an_error_of_the_store(
    store: PostgresEventStore,
) -> None:
    with pytest.raises(StoreError, match="NUL"):
        store.append("gate-\0", entered(1), expected_version=0)
    assert store.last_position() == 0


# Order


def waiting_for_a_lock(shell: psycopg.Connection) -> None:
    """Returns once somebody in the database waits for an advisory lock."""
    select = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    deadline = time.monotonic() + LIMIT
    while not shell.execute(select).fetchall():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("grouped", [False, True])
def test_the_order_holds_whatever_isolation_the_database_prefers(
    server: str, schema: str, store: PostgresEventStore, shell: psycopg.Connection, grouped: bool
) -> None:
    """A snapshot from before the lock would not show where the log ends."""
    dsn = make_conninfo(server, options="-c default_transaction_isolation=serializable")

    def append(other: PostgresEventStore) -> int:
        with other.transaction() if grouped else nullcontext():
            other.last_position()
            return other.append("gate-1", entered(2), expected_version=None).version

    with (
        ThreadPoolExecutor(1) as pool,
        closing(PostgresEventStore(dsn, example_codec(), schema=schema)) as other,
    ):
        with store.transaction():
            store.append("gate-1", entered(1), expected_version=0)
            waiting = pool.submit(append, other)
            waiting_for_a_lock(shell)
        assert waiting.result(timeout=LIMIT) == 2
    assert numbers(store.read_all()) == [1, 2]


def test_a_feed_shows_nothing_behind_a_transaction_that_is_still_open(
    server: str, schema: str, store: PostgresEventStore, shell: psycopg.Connection
) -> None:
    with (
        ThreadPoolExecutor(1) as pool,
        closing(PostgresEventStore(server, example_codec(), schema=schema)) as other,
    ):
        with store.transaction():
            store.append("gate-1", entered(1), expected_version=0)
            later = pool.submit(other.append, "gate-2", entered(2), expected_version=0)
            waiting_for_a_lock(shell)
            assert numbers(other.read_all()) == []
        later.result(timeout=LIMIT)
        assert numbers(other.read_all()) == [1, 2]


# Appending and reading


def test_names_schemas_and_texts_arrive_as_they_are(store: PostgresEventStore) -> None:
    hostile = r"""a"b\c{d},e 'f' NULL %s {schema} \x1e """ + "\n\x1e\u2028ß門"
    store.append(hostile, [Opened(place=hostile)] * 2, expected_version=0, metadata={"a": hostile})
    for stored in store.read(hostile):
        assert (stored.stream, stored.event) == (hostile, Opened(place=hostile))
        assert stored.metadata == {"a": hostile}


def test_the_stored_name_of_an_event_may_be_any_text(server: str, schema: str) -> None:
    names: dict[str, type[Event]] = {'a"b\\c{d},e NULL': Passed, "NULL": Opened, "": Jammed}
    codec = EventCodec(names=names)
    events = [*entered(1), Opened(place="x"), Jammed(at=datetime(2024, 1, 1, tzinfo=UTC))]
    with closing(PostgresEventStore(server, codec, schema=schema)) as store:
        store.append("gate-1", events, expected_version=0)
        assert [each.event for each in store.read_all()] == events
        assert numbers(store.read_all(types=[Passed])) == [1]


def test_events_of_an_append_get_ids_from_the_one_that_was_drawn(
    server: str, schema: str, shell: psycopg.Connection
) -> None:
    drawn = UUID("1b4e28ba-2fa1-41d2-883f-0016d3cca427")
    with closing(
        PostgresEventStore(server, example_codec(), schema=schema, new_id=lambda: drawn)
    ) as store:
        store.append("gate-1", entered(1, 2), expected_version=0)
        ids = [str(each) for (each,) in shell.execute("SELECT id FROM events ORDER BY position")]
        assert ids == [f"1b4e28ba-2fa1-41d2-883f-00160000000{n}" for n in (1, 2)]
        with pytest.raises(StoreError, match="events_id_key"):
            store.append("gate-1", entered(3), expected_version=2)
    assert shell.execute("SELECT count(*) FROM events").fetchone() == (2,)


def test_a_reader_that_stopped_halfway_holds_nothing_open(
    server: str, schema: str, shell: psycopg.Connection
) -> None:
    dsn = make_conninfo(server, application_name=schema[-20:])
    with closing(PostgresEventStore(dsn, example_codec(), schema=schema)) as store:
        store.append("gate-1", entered(*range(1_200)), expected_version=0)
        readers = [store.read("gate-1"), store.read_all(), store.read_all(types=[Passed])]
        for reader in readers:
            next(reader)
        select = "SELECT state, backend_xmin FROM pg_stat_activity WHERE application_name = %s"
        assert shell.execute(select, [schema[-20:]]).fetchall() == [("idle", None)]
        assert [len(list(reader)) for reader in readers] == [1_199] * 3


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (Query("gate-1", limit=10), "events_stream_version_key"),
        (Query("gate-1", backwards=True, limit=10), "events_stream_version_key"),
        (Query(None, after=7), "events_pkey"),
        (Query(None, ["opened", "passed", "jammed"]), "events_by_name"),
        (Query(None, ["opened"], after=4_000), "events_by_name"),
    ],
    ids=["stream", "backwards", "feed", "types", "type that comes no more"],
)
def test_a_page_is_found_by_its_own_index(
    schema: str, store: PostgresEventStore, shell: psycopg.Connection, query: Query, index: str
) -> None:
    for gate in range(20):
        store.append(f"gate-{gate}", [Opened(place="x"), *entered(1)] * 100, expected_version=0)
    for gate in range(20):
        store.append(f"gate-{gate}", entered(*range(200)), expected_version=200)
    shell.execute("ANALYZE events")
    plan: list[str] = []

    def explain(template: str, parameters: Any) -> list[Any]:
        explained = shell.execute(b"EXPLAIN " + Schema(schema).sql(template), parameters)
        plan.extend(line for (line,) in explained)
        return []

    list(select(query, explain))
    every = re.findall(
        r"Seq Scan|events_\w+(?= on )|(?<=Bitmap Index Scan on )\w+", "\n".join(plan)
    )
    assert set(every) == {index}


# Transactions and read models


def test_a_read_model_is_written_in_the_commit_of_its_checkpoint(
    store: PostgresEventStore, shell: psycopg.Connection
) -> None:
    store.append("gate-1", entered(1, 2), expected_version=0)
    shell.execute("CREATE TABLE visitors (visitor integer)")
    table = SQL("{}.visitors").format(Identifier(schema_of(shell)))
    insert = SQL("INSERT INTO {} VALUES (%s)").format(table)
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.connection.execute(insert, [1])
        store.save_checkpoint("visitors", 1)
        raise ZeroDivisionError
    with store.transaction():
        store.connection.execute(insert, [2])
        store.save_checkpoint("visitors", 2)
    assert shell.execute("SELECT visitor FROM visitors").fetchall() == [(2,)]
    assert store.checkpoint("visitors") == 2


def schema_of(shell: psycopg.Connection) -> str:
    [(schema,)] = shell.execute("SELECT current_schema()")
    return str(schema)


def test_the_connection_is_lent_inside_a_transaction_only(store: PostgresEventStore) -> None:
    with pytest.raises(StoreError, match="inside `with store"):
        _ = store.connection
    with store.transaction():
        assert store.connection.info.transaction_status.name == "INTRANS"
    with pytest.raises(StoreError, match="inside `with store"):
        _ = store.connection


def test_an_error_in_sql_of_ones_own_stays_as_it_is(store: PostgresEventStore) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable), store.transaction():
        store.append("gate-1", entered(1), expected_version=0)
        store.connection.execute("INSERT INTO nowhere VALUES (1)")
    assert list(store.read_all()) == []


def test_an_error_in_which_the_connection_has_no_part_stays_as_it_is_though_it_is_lost(
    store: PostgresEventStore,
) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        connection = store.connection
        with suppress(psycopg.OperationalError):
            connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        raise ZeroDivisionError


def test_an_error_in_sql_of_ones_own_may_be_left_behind_with_an_inner_transaction(
    store: PostgresEventStore,
) -> None:
    with store.transaction():
        store.append("gate-1", entered(1), expected_version=0)
        with suppress(psycopg.errors.UndefinedTable), store.transaction():
            store.append("gate-1", entered(2), expected_version=1)
            store.connection.execute("INSERT INTO nowhere VALUES (1)")
        store.append("gate-1", entered(3), expected_version=1)
    assert numbers(store.read_all()) == [1, 3]


@pytest.mark.parametrize("ending", [b"COMMIT", b"ROLLBACK", b"SELECT 1 / 0"])
def test_a_transaction_that_is_ended_from_within_is_an_error(
    store: PostgresEventStore, ending: bytes
) -> None:
    with pytest.raises(StoreError, match="was ended before its block"), store.transaction():
        store.append("gate-1", entered(1), expected_version=0)
        with suppress(psycopg.errors.DivisionByZero):
            store.connection.execute(ending)
        with pytest.raises(StoreError, match="was ended before its block"):
            store.append("gate-1", entered(1), expected_version=1)
    store.append("gate-2", entered(2), expected_version=0)


def test_transactions_that_wait_for_each_other_are_told_to_do_it_again(
    server: str, schema: str, store: PostgresEventStore, shell: psycopg.Connection
) -> None:
    store.save_checkpoint("lead-times", 0)
    with closing(PostgresEventStore(server, example_codec(), schema=schema)) as other:

        def append_and_follow() -> None:
            with other.transaction():
                other.append("gate-1", entered(1), expected_version=None)
                waiting.set()
                other.checkpoint("lead-times")

        def follow_and_append() -> None:
            with store.transaction():
                store.checkpoint("lead-times")
                following.set()
                waiting.wait(LIMIT)
                store.append("gate-1", entered(2), expected_version=None)

        waiting, following = threading.Event(), threading.Event()
        with ThreadPoolExecutor(2) as pool:
            one = pool.submit(follow_and_append)
            following.wait(LIMIT)
            two = pool.submit(append_and_follow)
            errors = [done.exception(timeout=LIMIT) for done in (one, two)]
    [error] = [error for error in errors if error]
    assert isinstance(error, StoreError)
    assert "end a deadlock with another transaction; do it again" in str(error)
    assert len(numbers(store.read_all())) == 1


# Followers


class Visits(Projection):
    """A read model that cannot hide an event that it was given twice."""

    name = "visits"

    def __init__(self, store: PostgresEventStore, schema: str) -> None:
        self._store = store
        self._insert = SQL("INSERT INTO {}.visits VALUES (%s)").format(Identifier(schema))

    def project(self, stored: StoredEvent[Event]) -> None:
        self._store.connection.execute(self._insert, [stored.position])


def follow(server: str, schema: str) -> None:
    """Waits for a line, follows to the end, and prints how many events had their effect."""
    with closing(PostgresEventStore(server, example_codec(), schema=schema)) as store:
        subscription = Subscription(store, Visits(store, schema))
        print("ready", flush=True)
        sys.stdin.readline()
        print(subscription.run_once())


def test_processes_that_follow_under_one_name_share_the_events_and_double_none(
    server: str, schema: str, store: PostgresEventStore, shell: psycopg.Connection
) -> None:
    shell.execute("CREATE TABLE visits (position bigint)")
    store.append("gate-1", entered(*range(150)), expected_version=0)
    command = [sys.executable, __file__, server, schema]
    followers = [
        subprocess.Popen(command, stdin=PIPE, stdout=PIPE, encoding="utf-8", cwd=ROOT)
        for _ in range(2)
    ]
    for follower in followers:
        assert next(iter(follower.stdout or ())) == "ready\n"
    delivered = [int(follower.communicate("go\n", timeout=LIMIT)[0]) for follower in followers]
    assert sum(delivered) == 150
    positions = [position for (position,) in shell.execute("SELECT position FROM visits")]
    assert sorted(positions) == list(range(1, 151))
    assert store.checkpoint("visits") == 150


def test_who_asks_for_a_checkpoint_inside_a_transaction_waits_for_the_other(
    server: str, schema: str, store: PostgresEventStore
) -> None:
    """Also for one that was never saved, since there is no row yet to lock."""

    def ask() -> int:
        with other.transaction():
            asking.set()
            return other.checkpoint("lead-times")

    asking = threading.Event()
    with (
        closing(PostgresEventStore(server, example_codec(), schema=schema)) as other,
        ThreadPoolExecutor(1) as pool,
    ):
        with store.transaction():
            assert store.checkpoint("lead-times") == 0
            asked = pool.submit(ask)
            asking.wait(LIMIT)
            assert other.checkpoint("lead-times") == 0  # outside of a transaction nobody waits
            store.save_checkpoint("lead-times", 1)
        assert asked.result(timeout=LIMIT) == 1


def test_who_waits_is_woken_by_an_append_that_notifies(
    server: str, schema: str, store: PostgresEventStore, shell: psycopg.Connection
) -> None:
    with (
        closing(PostgresEventStore(server, example_codec(), schema=schema, notify=True)) as writer,
        ThreadPoolExecutor(1) as pool,
    ):
        waiting = pool.submit(store.wait, 0, LIMIT)
        writer.append("gate-1", entered(1), expected_version=0)
        assert waiting.result(timeout=LIMIT) is True
        assert store.wait(1, 0) is False


def test_who_waits_sees_an_append_that_does_not_notify(store: PostgresEventStore) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(store.wait, 0, LIMIT)
        store.append("gate-1", entered(1), expected_version=0)
        assert waiting.result(timeout=LIMIT) is True


def test_an_append_that_notifies_is_heard_by_whoever_listens(
    server: str, schema: str, shell: psycopg.Connection
) -> None:
    with closing(PostgresEventStore(server, example_codec(), schema=schema, notify=True)) as store:
        channel = Schema(schema).channel
        shell.execute(SQL("LISTEN {}").format(Identifier(channel)))
        store.append("gate-1", entered(1), expected_version=0)
        heard = [notify.channel for notify in shell.notifies(timeout=LIMIT, stop_after=1)]
    assert heard == [channel]


def test_nobody_waits_inside_a_transaction(store: PostgresEventStore) -> None:
    with pytest.raises(StoreError, match="wait outside of it"), store.transaction():
        store.wait(0, LIMIT)


# Threads


def test_threads_may_use_and_close_a_store_that_another_thread_opened(
    store: PostgresEventStore,
) -> None:
    used, closed = threading.Event(), threading.Event()

    def use() -> None:
        store.append("gate-1", entered(1), expected_version=0)
        used.set()
        closed.wait(LIMIT)
        with pytest.raises(StoreError, match="closed"):
            store.last_position()

    with ThreadPoolExecutor(1) as pool:
        using = pool.submit(use)
        used.wait(LIMIT)
        store.close()
        closed.set()
        using.result(timeout=LIMIT)


def test_closing_waits_for_the_transaction_of_another_thread(
    server: str, schema: str, store: PostgresEventStore
) -> None:
    inside, stop = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with store.transaction():
            store.append("gate-1", entered(1), expected_version=0)
            inside.set()
            stop.wait(LIMIT)
            store.append("gate-1", entered(2), expected_version=1)

    with ThreadPoolExecutor(2) as pool:
        writing = pool.submit(write_slowly)
        inside.wait(LIMIT)
        closing_it = pool.submit(store.close)
        stop.set()
        writing.result(timeout=LIMIT)
        closing_it.result(timeout=LIMIT)
    with closing(PostgresEventStore(server, example_codec(), schema=schema)) as again:
        assert numbers(again.read_all()) == [1, 2]


def test_a_thread_that_has_ended_leaves_no_connection_open(
    server: str, schema: str, shell: psycopg.Connection
) -> None:
    name = schema[-20:]
    dsn = make_conninfo(server, application_name=name)
    with closing(PostgresEventStore(dsn, example_codec(), schema=schema)) as store:
        for _ in range(5):
            thread = threading.Thread(target=store.last_position)
            thread.start()
            thread.join()
        gc.collect()
        select = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s"
        deadline = time.monotonic() + LIMIT
        while shell.execute(select, [name]).fetchone() != (1,):  # the server needs a moment
            assert time.monotonic() < deadline


def test_without_psycopg_the_extra_to_install_is_named() -> None:
    script = (
        "import sys\n"
        "sys.modules['psycopg'] = None\n"
        "import workshop.eventsourcing\n"
        "try:\n"
        "    import workshop.eventsourcing.postgres\n"
        "except ModuleNotFoundError as error:\n"
        "    print(error)\n"
    )
    command = [sys.executable, "-c", script]
    run = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", cwd=ROOT)
    assert "pip install 'psycopg[binary]'" in run.stdout


if __name__ == "__main__":
    follow(*sys.argv[1:])
