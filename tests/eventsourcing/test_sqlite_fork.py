import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.eventsourcing.forking import Child
from workshop.eventsourcing.errors import StoreError
from workshop.eventsourcing.sqlite import SqliteEventStore
from workshop.eventsourcing.testing.store_contract import example_codec
from workshop.eventsourcing.testing.store_contract.examples import entered, numbers

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork"),
    # Python 3.12 and newer warn of what these tests prove to be safe.
    pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteEventStore]:
    store = SqliteEventStore(path, example_codec())
    store.append("gate-1", entered(1), expected_version=0)
    yield store
    store.close()


def stored(path: Path) -> list[int]:
    """What a process that has nothing to do with the fork finds in the file."""
    script = (
        "import sys\n"
        "from workshop.eventsourcing.sqlite import SqliteEventStore\n"
        "from workshop.eventsourcing.testing.store_contract.examples import *\n"
        "print(*numbers(SqliteEventStore(sys.argv[1], example_codec()).read_all()))\n"
    )
    command = [sys.executable, "-c", script, os.fspath(path)]
    run = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return [int(number) for number in run.stdout.split()]


def test_parent_and_child_go_on_with_the_same_store(path: Path, store: SqliteEventStore) -> None:
    child = Child(lambda: [store.append("gate-1", entered(2), expected_version=None) and "done"])
    assert child.outcome() == "['done']"
    store.append("gate-1", entered(3), expected_version=2)
    assert numbers(store.read("gate-1")) == [1, 2, 3]
    assert stored(path) == [1, 2, 3]


def test_what_the_child_appends_outlives_the_store_of_the_parent(
    path: Path, store: SqliteEventStore
) -> None:
    """With connections that cross the fork, the last event would be lost without an error."""
    reading, writing = os.pipe()
    appended, waiting = os.pipe()

    def append_before_and_after_the_parent_closes() -> None:
        store.append("gate-1", entered(2), expected_version=1)
        os.write(waiting, b"x")
        os.read(reading, 1)
        store.append("gate-1", entered(3), expected_version=2)

    child = Child(append_before_and_after_the_parent_closes)
    os.read(appended, 1)
    store.close()
    os.write(writing, b"x")
    assert child.outcome() == "None"
    for end in (reading, writing, appended, waiting):
        os.close(end)
    assert stored(path) == [1, 2, 3]


def test_a_fork_inside_a_transaction_leaves_it_to_the_parent(
    path: Path, store: SqliteEventStore
) -> None:
    with store.transaction():
        store.append("gate-1", entered(2), expected_version=1)
        child = Child(lambda: store.append("gate-1", entered(99), expected_version=2))
        assert "forked inside a transaction" in child.outcome()
        store.append("gate-1", entered(3), expected_version=2)
    assert stored(path) == [1, 2, 3]


def test_a_child_that_was_forked_inside_a_transaction_cannot_open_the_file_anew(
    path: Path, store: SqliteEventStore
) -> None:
    with store.transaction():
        child = Child(lambda: SqliteEventStore(path, example_codec()))
        assert child.outcome().startswith("StoreError: this process was forked inside")
        elsewhere = path.with_name("elsewhere.db")
        child = Child(lambda: SqliteEventStore(elsewhere, example_codec()).last_position())
        assert child.outcome() == "0"


def test_a_child_that_leaves_the_transaction_and_exits_takes_nothing_with_it(path: Path) -> None:
    """The child ends as programs end, so that Python finalises what it inherited."""
    script = """
import os, sys
from workshop.eventsourcing.errors import StoreError
from workshop.eventsourcing.sqlite import SqliteEventStore
from workshop.eventsourcing.testing.store_contract.examples import *

store = SqliteEventStore(sys.argv[1], example_codec())
store.append("gate-1", entered(1), expected_version=0)
try:
    with store.transaction():
        store.append("gate-1", entered(2), expected_version=1)
        # Big enough to leave SQLite's cache for the file, where a rollback would reach it.
        store.append("gate-2", [Opened(place="x" * 10_000)] * 1_000, expected_version=0)
        pid = os.fork()
        if pid:
            assert os.waitpid(pid, 0)[1] == 0, "the child failed"
            store.append("gate-1", entered(3), expected_version=2)
except StoreError as error:
    sys.exit(0 if pid == 0 and "forked inside" in str(error) else 1)
if pid == 0:
    sys.exit(1)
store.append("gate-1", entered(4), expected_version=3)
store.close()
"""
    subprocess.run([sys.executable, "-c", script, os.fspath(path)], check=True)
    assert stored(path) == [1, 2, 3, 4]


def test_a_fork_during_the_transaction_of_another_thread_leaves_it_to_the_parent(
    path: Path, store: SqliteEventStore
) -> None:
    inside, stop = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with store.transaction():
            store.append("gate-1", entered(2), expected_version=1)
            inside.set()
            stop.wait()
            store.append("gate-1", entered(3), expected_version=2)

    writer = threading.Thread(target=write_slowly)
    writer.start()
    inside.wait()
    child = Child(lambda: store.append("gate-1", entered(99), expected_version=None))
    assert "forked inside a transaction" in child.outcome()
    assert Child(store.close).outcome() == "None"  # though the writer, whom it lacks, has the lock
    stop.set()
    writer.join()
    assert stored(path) == [1, 2, 3]


def test_a_reader_that_stopped_halfway_goes_on_in_parent_and_child(
    store: SqliteEventStore,
) -> None:
    store.append("gate-2", entered(*range(1_200)), expected_version=0)
    reader = store.read("gate-2")
    next(reader)
    child = Child(lambda: len(list(reader)))
    assert len(list(reader)) == 1_199
    assert child.outcome() == "1199"


def test_threads_may_fork_at_the_same_time(path: Path, store: SqliteEventStore) -> None:
    script = """
import os, sys, threading
from workshop.eventsourcing.sqlite import SqliteEventStore
from workshop.eventsourcing.testing.store_contract.examples import *

store = SqliteEventStore(sys.argv[1], example_codec())
failures = []
sys.unraisablehook = failures.append
sys.setswitchinterval(1e-6)

def fork_often():
    for _ in range(100):
        if (child := os.fork()) == 0:
            os._exit(0)
        os.waitpid(child, 0)

threads = [threading.Thread(target=fork_often) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
store.append("gate-1", entered(2), expected_version=1)
sys.exit(len(failures))
"""
    command = [sys.executable, "-W", "ignore", "-c", script, os.fspath(path)]
    assert subprocess.run(command, check=False, timeout=60).returncode == 0
    assert stored(path) == [1, 2]


def test_a_closed_store_stays_closed_in_the_child(store: SqliteEventStore) -> None:
    store.close()
    assert "is closed" in Child(store.last_position).outcome()


def test_many_children_fork_and_append_without_losing_an_event(
    path: Path, store: SqliteEventStore
) -> None:
    def append_five(stream: str) -> None:
        for version in range(5):
            store.append(stream, entered(version), expected_version=version)

    children = []
    for n in range(6):
        children.append(Child(lambda n=n: append_five(f"child-{n}")))  # type: ignore[misc]
        store.append("parent", entered(n), expected_version=n)
    assert [child.outcome() for child in children] == ["None"] * 6
    assert sorted(stored(path)) == sorted([1, *range(6), *[0, 1, 2, 3, 4] * 6])
    with closing(store):
        assert [each.version for each in store.read("parent")] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(StoreError, match="closed"):
        store.last_position()
