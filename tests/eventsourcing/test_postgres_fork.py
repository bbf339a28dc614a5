"""A forked child goes on with the store, and leaves its parent's conversations alone."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from psycopg.conninfo import make_conninfo

from tests.eventsourcing.forking import Child
from workshop.eventsourcing import StoreError
from workshop.eventsourcing.postgres import PostgresEventStore
from workshop.eventsourcing.testing.store_contract import example_codec
from workshop.eventsourcing.testing.store_contract.examples import entered, numbers

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork"),
    # Python 3.12 and newer warn of what these tests prove to be safe.
    pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning"),
]

LIMIT = 60  # seconds for what takes less than one on a machine with nothing else to do


@pytest.fixture
def store(server: str, schema: str) -> Iterator[PostgresEventStore]:
    store = PostgresEventStore(server, example_codec(), schema=schema)
    store.append("gate-1", entered(1), expected_version=0)
    yield store
    store.close()


def in_a_child(action: Callable[[], object]) -> str:
    return Child(action).outcome()


def test_parent_and_child_go_on_with_the_same_store(store: PostgresEventStore) -> None:
    def append_and_close() -> None:
        store.append("gate-1", entered(2), expected_version=None)
        store.close()

    assert in_a_child(append_and_close) == "None"
    store.append("gate-1", entered(3), expected_version=2)
    assert numbers(store.read("gate-1")) == [1, 2, 3]


def test_a_fork_inside_a_transaction_leaves_it_to_the_parent(store: PostgresEventStore) -> None:
    with store.transaction():
        store.append("gate-1", entered(2), expected_version=1)
        outcome = in_a_child(lambda: store.append("gate-1", entered(99), expected_version=2))
        assert "forked inside a transaction" in outcome
        store.append("gate-1", entered(3), expected_version=2)
    assert numbers(store.read("gate-1")) == [1, 2, 3]


def test_a_child_that_leaves_its_parents_transaction_ends_nothing_and_may_begin_its_own(
    store: PostgresEventStore,
) -> None:
    parent = os.getpid()
    try:
        with store.transaction():
            store.append("gate-1", entered(2), expected_version=1)
            reading, writing = os.pipe()
            pid = os.fork() if sys.platform != "win32" else 0
            if pid:
                os.close(writing)
                assert os.read(reading, 1) == b"x"  # the child has left the block
                store.append("gate-1", entered(3), expected_version=2)
    except StoreError as error:
        if os.getpid() == parent:
            raise
        os.write(writing, b"x" if "forked inside" in str(error) else b"?")
        store.append("gate-2", entered(4), expected_version=0)  # waits for the parent
        os._exit(0)
    finally:
        if os.getpid() != parent:
            os._exit(1)
    os.close(reading)
    assert os.waitpid(pid, 0)[1] == 0
    assert numbers(store.read_all()) == [1, 2, 3, 4]


def test_a_fork_while_another_thread_is_inside_a_transaction_harms_neither(
    store: PostgresEventStore,
) -> None:
    inside, stop = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with store.transaction():
            store.append("gate-1", entered(2), expected_version=1)
            inside.set()
            stop.wait(LIMIT)
            store.append("gate-1", entered(3), expected_version=2)

    writer = threading.Thread(target=write_slowly)
    writer.start()
    inside.wait(LIMIT)
    assert in_a_child(lambda: numbers(store.read_all())) == "[1]"
    assert in_a_child(store.close) == "None"  # though the writer, whom it lacks, has the lock
    stop.set()
    writer.join()
    assert numbers(store.read_all()) == [1, 2, 3]


def test_a_child_that_lives_on_does_not_keep_its_dead_parents_lock(
    server: str, schema: str, store: PostgresEventStore
) -> None:
    """The parent dies inside a transaction: the server must notice, and let others append."""

    reading, writing = os.pipe()

    def fork_inside_a_transaction_and_die() -> None:
        os.close(writing)
        with store.transaction():
            store.append("gate-1", entered(2), expected_version=1)
            if sys.platform != "win32" and os.fork() == 0:
                os.read(reading, 1)  # lives until the test has ended
            os._exit(0)

    if sys.platform != "win32" and (pid := os.fork()) == 0:
        fork_inside_a_transaction_and_die()
    os.waitpid(pid, 0)
    dsn = make_conninfo(server, options=f"-c lock_timeout={LIMIT}s")
    with closing(PostgresEventStore(dsn, example_codec(), schema=schema)) as other:
        assert other.append("gate-1", entered(3), expected_version=1).version == 2
    os.close(reading)
    os.close(writing)


def test_a_reader_that_stopped_halfway_goes_on_in_parent_and_child(
    store: PostgresEventStore,
) -> None:
    store.append("gate-2", entered(*range(1_200)), expected_version=0)
    reader = store.read("gate-2")
    next(reader)
    assert in_a_child(lambda: len(list(reader))) == "1199"
    assert len(list(reader)) == 1_199


def test_a_closed_store_stays_closed_in_the_child(store: PostgresEventStore) -> None:
    store.close()
    assert "is closed" in in_a_child(store.last_position)
