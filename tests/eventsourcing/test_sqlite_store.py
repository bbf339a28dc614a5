# ruff: noqa: PT012  a transaction is a block that raises
import gc
import json
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from workshop.eventsourcing.errors import CodecError, StoreError
from workshop.eventsourcing.sqlite import SqliteEventStore
from workshop.eventsourcing.sqlite.threads import _all_sessions
from workshop.eventsourcing.testing.store_contract import example_codec
from workshop.eventsourcing.testing.store_contract.examples import (
    Jammed,
    Opened,
    Passed,
    entered,
    numbers,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteEventStore]:
    store = SqliteEventStore(path, example_codec())
    yield store
    store.close()


def shell(path: Path) -> sqlite3.Connection:
    """Opens the file as another program would."""
    return sqlite3.connect(path, isolation_level=None)


# The file


def test_what_was_appended_is_there_when_the_file_is_opened_again(path: Path) -> None:
    with closing(SqliteEventStore(path, example_codec())) as store:
        store.append("gate-1", entered(1, 2), expected_version=0, metadata={"by": "me"})
        store.save_checkpoint("lead-times", 2)
        before = list(store.read_all())
    with closing(SqliteEventStore(str(path), example_codec())) as store:
        assert list(store.read_all()) == before
        assert store.checkpoint("lead-times") == 2


def test_other_programs_can_read_the_events_as_json(path: Path, store: SqliteEventStore) -> None:
    store.append("gate-1", [Opened(place="Köln")], expected_version=0, metadata={"by": "me"})
    with closing(shell(path)) as connection:
        [row] = connection.execute("SELECT stream, version, name, data, metadata FROM events")
    stream, version, name, data, metadata = row
    assert (stream, version, name) == ("gate-1", 1, "opened")
    assert (json.loads(data), json.loads(metadata)) == ({"place": "Köln"}, {"by": "me"})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET data = '{}'",
        "UPDATE events SET position = 7 WHERE position = 1",
        "DELETE FROM events",
        "DELETE FROM events WHERE position = 2",
    ],
)
def test_the_database_refuses_to_change_or_delete_events(
    path: Path, store: SqliteEventStore, statement: str
) -> None:
    store.append("gate-1", entered(1, 2), expected_version=0)
    with closing(shell(path)) as other, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(statement)
    assert numbers(store.read("gate-1")) == [1, 2]


def test_replacing_events_through_the_connection_is_refused(store: SqliteEventStore) -> None:
    store.append("gate-1", entered(1), expected_version=0)
    replace = "INSERT OR REPLACE INTO events VALUES (1, 'gate-1', 1, 0, 'passed', 1, '{}', '{}')"
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), store.transaction():
        store.connection.execute(replace)
    assert numbers(store.read("gate-1")) == [1]


def test_the_database_refuses_columns_of_the_wrong_type(
    path: Path, store: SqliteEventStore
) -> None:
    insert = "INSERT INTO events VALUES (1, 'gate-1', 'first', 0, 'passed', 1, '{}', '{}')"
    with closing(shell(path)) as other, pytest.raises(sqlite3.IntegrityError, match="TEXT value"):
        other.execute(insert)


def test_a_new_file_may_be_opened_by_many_at_once(tmp_path: Path) -> None:
    def open_and_append(path: Path) -> None:
        together.wait()
        with closing(SqliteEventStore(path, example_codec(), busy_timeout=60)) as store:
            store.append("gate-1", entered(1), expected_version=None)

    for n in range(10):
        path, together = tmp_path / f"{n}.db", threading.Barrier(6)
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(open_and_append, [path] * 6))
        with closing(SqliteEventStore(path, example_codec())) as store:
            assert [each.version for each in store.read("gate-1")] == [1, 2, 3, 4, 5, 6]


def test_a_relative_path_stays_what_it_was_when_the_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(SqliteEventStore("events.db", example_codec())) as store:
        store.append("gate-1", entered(1), expected_version=0)
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")
        with ThreadPoolExecutor(1) as pool:  # another thread opens the file anew
            assert pool.submit(lambda: numbers(store.read_all())).result() == [1]


def test_an_unknown_synchronous_is_refused(path: Path) -> None:
    with pytest.raises(ValueError, match="'FULL' or 'NORMAL'"):
        SqliteEventStore(path, example_codec(), synchronous="OFF")  # type: ignore[arg-type]


@pytest.mark.parametrize(("synchronous", "level"), [("FULL", 2), ("NORMAL", 1)])
def test_synchronous_is_what_was_asked_for(path: Path, synchronous: str, level: int) -> None:
    store = SqliteEventStore(path, example_codec(), synchronous=synchronous)  # type: ignore[arg-type]
    with closing(store), store.transaction():
        assert store.connection.execute("PRAGMA synchronous").fetchone() == (level,)
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


# Reading


def test_a_reader_that_stopped_halfway_does_not_keep_the_log_from_shrinking(
    path: Path, store: SqliteEventStore
) -> None:
    store.append("gate-1", entered(*range(1_200)), expected_version=0)
    readers = [store.read("gate-1"), store.read_all(), store.read_all(types=[Passed])]
    for reader in readers:
        next(reader)
    with closing(shell(path)) as other:
        busy, *_ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert busy == 0
    assert path.with_name("events.db-wal").stat().st_size == 0
    assert [len(list(reader)) for reader in readers] == [1_199] * 3


def test_types_are_chosen_by_the_index_and_never_sorted(store: SqliteEventStore) -> None:
    statements: list[str] = []
    with store.transaction():
        store.connection.set_trace_callback(statements.append)
        list(store.read_all(types=[Opened, Passed, Jammed]))
        store.connection.set_trace_callback(None)
        [select] = statements
        plan = [row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {select}")]
    searches = [step for step in plan if step.startswith("SEARCH")]
    by_name = "SEARCH events USING INDEX events_by_name (name=? AND position>? AND position<?)"
    assert searches == [by_name] * 4
    assert not [step for step in plan if "TEMP B-TREE" in step or step.startswith("SCAN")]


def test_an_alias_of_a_type_is_read_with_it(path: Path, store: SqliteEventStore) -> None:
    store.append("gate-1", entered(1), expected_version=0)
    row = (2, "gate-1", 2, 0, "went-through", 1, '{"visitor":2}', "{}")
    with closing(shell(path)) as other:
        other.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    assert numbers(store.read_all(types=[Passed])) == [1, 2]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", "os.system"),
        ("schema", 2),
        ("data", '{"visitor":"first"}'),
        ("data", '{"visitor":1'),
        ("data", b'{"visitor":\xff}'),
        ("metadata", "[]"),
        ("metadata", '{"by":1}'),
        ("metadata", b"\xff"),
        ("recorded_at", 2**62),
    ],
)
def test_damaged_data_is_an_error_that_says_where_and_hides_nothing_else(
    path: Path, store: SqliteEventStore, column: str, value: object
) -> None:
    store.append("gate-1", entered(1), expected_version=0)
    store.append("gate-2", [Opened(place="north")], expected_version=0)
    row: dict[str, object] = {"position": 3, "stream": "gate-1", "version": 2, "recorded_at": 0}
    row |= {"name": "passed", "schema": 1, "data": '{"visitor":2}', "metadata": "{}"}
    row[column] = value
    with closing(shell(path)) as other:
        other.execute(
            "INSERT INTO events VALUES (:position, :stream, :version, :recorded_at, :name, "
            ":schema, CAST(:data AS TEXT), CAST(:metadata AS TEXT))",
            row,
        )
    reader = store.read("gate-1")
    assert next(reader).event == Passed(visitor=1)
    with pytest.raises(CodecError, match="stream 'gate-1', version 2, position 3"):
        next(reader)
    assert [each.position for each in store.read_all(types=[Opened])] == [2]


# Transactions and read models


def test_a_read_model_is_written_in_the_commit_of_its_checkpoint(
    path: Path, store: SqliteEventStore
) -> None:
    store.append("gate-1", entered(1, 2), expected_version=0)
    with store.transaction():
        store.connection.execute("CREATE TABLE visitors (visitor INTEGER)")
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.connection.execute("INSERT INTO visitors VALUES (1)")
        store.save_checkpoint("visitors", 1)
        raise ZeroDivisionError
    with store.transaction():
        store.connection.execute("INSERT INTO visitors VALUES (2)")
        store.save_checkpoint("visitors", 2)
    with closing(shell(path)) as other:
        assert other.execute("SELECT visitor FROM visitors").fetchall() == [(2,)]
    assert store.checkpoint("visitors") == 2


def test_the_connection_is_lent_inside_a_transaction_only(store: SqliteEventStore) -> None:
    with pytest.raises(StoreError, match="inside `with store"):
        _ = store.connection
    with store.transaction():
        assert store.connection.in_transaction
    with pytest.raises(StoreError, match="inside `with store"):
        _ = store.connection


def test_an_error_in_sql_of_ones_own_stays_as_it_is(store: SqliteEventStore) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), store.transaction():
        store.append("gate-1", entered(1), expected_version=0)
        store.connection.execute("INSERT INTO nowhere VALUES (1)")
    assert list(store.read_all()) == []


@pytest.mark.parametrize("ending", ["COMMIT", "ROLLBACK"])
def test_a_transaction_that_is_ended_from_within_is_an_error(
    store: SqliteEventStore, ending: str
) -> None:
    with pytest.raises(StoreError, match="was ended before its block"), store.transaction():
        store.append("gate-1", entered(1), expected_version=0)
        store.connection.execute(ending)
    store.append("gate-2", entered(2), expected_version=0)


def test_nothing_is_written_after_a_transaction_was_ended_from_within(
    store: SqliteEventStore,
) -> None:
    with pytest.raises(StoreError, match="was ended before"), store.transaction():
        store.connection.execute("ROLLBACK")
        with pytest.raises(StoreError, match="was ended before"):
            store.append("gate-1", entered(1), expected_version=0)
    assert list(store.read_all()) == []


def test_a_transaction_waits_for_another_store_of_the_same_file(
    path: Path, store: SqliteEventStore
) -> None:
    inside, stop = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with store.transaction():
            inside.set()
            stop.wait()
            store.append("gate-1", entered(1), expected_version=0)

    writer = threading.Thread(target=write_slowly)
    writer.start()
    inside.wait()
    with closing(SqliteEventStore(path, example_codec(), busy_timeout=60)) as other:
        assert list(other.read("gate-1")) == []  # readers do not wait
        stop.set()
        assert other.append("gate-1", entered(2), expected_version=None).version == 2
    writer.join()


# Threads


def test_threads_may_use_and_close_a_store_that_another_thread_opened(
    path: Path, store: SqliteEventStore
) -> None:
    used, closed = threading.Event(), threading.Event()
    errors: list[BaseException] = []

    def use() -> None:
        try:
            store.append("gate-1", entered(1), expected_version=0)
            used.set()
            closed.wait()
            with pytest.raises(StoreError, match="closed"):
                store.last_position()
        except BaseException as error:
            errors.append(error)
            used.set()

    thread = threading.Thread(target=use)
    thread.start()
    used.wait()
    store.close()
    closed.set()
    thread.join()
    assert errors == []
    with closing(SqliteEventStore(path, example_codec())) as again:
        assert numbers(again.read_all()) == [1]


def test_closing_waits_for_the_transaction_of_another_thread(
    path: Path, store: SqliteEventStore
) -> None:
    inside, stop = threading.Event(), threading.Event()
    errors: list[BaseException] = []

    def write_slowly() -> None:
        try:
            with store.transaction():
                store.append("gate-1", entered(1), expected_version=0)
                inside.set()
                stop.wait()
                store.append("gate-1", entered(2), expected_version=1)
        except BaseException as error:
            errors.append(error)

    writer = threading.Thread(target=write_slowly)
    closer = threading.Thread(target=store.close)
    writer.start()
    inside.wait()
    closer.start()
    stop.set()
    writer.join()
    closer.join()
    assert errors == []
    with closing(SqliteEventStore(path, example_codec())) as again:
        assert numbers(again.read_all()) == [1, 2]


def test_a_thread_that_has_ended_leaves_no_connection_open(
    path: Path, store: SqliteEventStore
) -> None:
    for _ in range(5):
        thread = threading.Thread(target=store.last_position)
        thread.start()
        thread.join()
    gc.collect()
    assert len([session for session in _all_sessions if session.file.path == path.resolve()]) == 1
