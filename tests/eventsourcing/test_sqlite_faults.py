import os
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from workshop.eventsourcing.errors import StoreError
from workshop.eventsourcing.sqlite import SqliteEventStore
from workshop.eventsourcing.testing.store_contract import example_codec
from workshop.eventsourcing.testing.store_contract.examples import Opened, entered, facts, numbers

A_LOT = [Opened(place="x" * 3_000)] * 20


def opened(path: Path, **options: float) -> "closing[SqliteEventStore]":
    return closing(SqliteEventStore(path, example_codec(), **options))  # type: ignore[arg-type]


def shell(path: Path) -> "closing[sqlite3.Connection]":
    return closing(sqlite3.connect(path, isolation_level=None))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with two events in it."""
    path = tmp_path / "events.db"
    with opened(path) as store:
        store.append("gate-1", entered(1, 2), expected_version=0)
    return path


# Files that are not ours


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be opened; .* its folder must exist"):
        SqliteEventStore(tmp_path / "nowhere" / "events.db", example_codec())


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened; name a file, not a folder"):
        SqliteEventStore(tmp_path, example_codec())


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="use MemoryEventStore"):
        SqliteEventStore(":memory:", example_codec())


@pytest.mark.parametrize("text", ["short", "a letter, " * 500])
def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path, text: str) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match="is not an SQLite database"):
        SqliteEventStore(letter, example_codec())
    assert letter.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "mark", ["CREATE TABLE theirs (x)", "PRAGMA application_id = 7", "PRAGMA user_version = 1"]
)
def test_a_database_of_another_application_is_refused_and_kept(tmp_path: Path, mark: str) -> None:
    theirs = tmp_path / "theirs.db"
    with shell(theirs) as connection:
        connection.execute(mark)
    before = theirs.read_bytes()
    with pytest.raises(StoreError, match="belongs to another application"):
        SqliteEventStore(theirs, example_codec())
    assert theirs.read_bytes() == before


def test_a_file_of_a_newer_schema_is_refused_and_kept(path: Path) -> None:
    with shell(path) as connection:
        connection.execute("PRAGMA user_version = 2")
    with pytest.raises(StoreError, match=r"newer software \(schema 2, this one knows 1\)"):
        SqliteEventStore(path, example_codec())
    with shell(path) as connection:
        connection.execute("PRAGMA user_version = 1")
    with opened(path) as store:
        assert numbers(store.read_all()) == [1, 2]


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "events.db").touch()
    with opened(tmp_path / "events.db") as store:
        assert store.append("gate-1", entered(1), expected_version=0) == (1, 1)


# Files that cannot be written


def test_a_file_that_is_locked_for_too_long_is_an_error(path: Path) -> None:
    with opened(path, busy_timeout=0.01) as store, shell(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is locked by another transaction"):
            store.append("gate-1", entered(3), expected_version=2)
        assert numbers(store.read_all()) == [1, 2]
        other.execute("ROLLBACK")
        assert store.append("gate-1", entered(3), expected_version=2).version == 3


def test_a_new_file_that_is_locked_for_too_long_is_an_error(tmp_path: Path) -> None:
    with shell(tmp_path / "events.db") as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is locked by another transaction"):
            SqliteEventStore(tmp_path / "events.db", example_codec(), busy_timeout=0.01)


def test_a_full_disk_is_an_error_and_space_mends_it(path: Path) -> None:
    with opened(path) as store:
        with store.transaction():
            [pages] = store.connection.execute("PRAGMA page_count").fetchone()
            store.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError, match="its disk is full; free some space"):
            store.append("gate-1", A_LOT, expected_version=2)
        assert numbers(store.read_all()) == [1, 2]
        with store.transaction():
            store.connection.execute("PRAGMA max_page_count = 1000000")
        assert store.append("gate-1", A_LOT, expected_version=2).version == 22


def test_a_transaction_that_met_a_full_disk_keeps_all_or_nothing(path: Path) -> None:
    with opened(path) as store:
        with suppress(StoreError), store.transaction():
            [pages] = store.connection.execute("PRAGMA page_count").fetchone()
            store.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
            store.append("gate-1", entered(3), expected_version=2)
            with pytest.raises(StoreError, match="its disk is full"):
                store.append("gate-1", A_LOT, expected_version=3)
            store.append("gate-1", entered(4), expected_version=3)
        assert numbers(store.read_all()) in ([1, 2], [1, 2, 3, 4])
        assert len(facts(store.read_all())) == store.last_position()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user may enter, so that a test that root runs can be another user."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with opened(folder / "events.db") as store:
            store.append("gate-1", entered(1, 2), expected_version=0)
        yield folder
        folder.chmod(0o755)
        (folder / "events.db").chmod(0o644)


@contextmanager
def without_privileges() -> Iterator[None]:
    """Nothing is read-only to root: be somebody else for a while."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    nobody = 65534
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_file_can_be_read_but_not_appended_to(folder: Path) -> None:
    path = folder / "events.db"
    folder.chmod(0o777)
    path.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
    with without_privileges(), opened(path) as store:
        with pytest.raises(StoreError, match="is read-only, or its folder is"):
            store.append("gate-1", entered(3), expected_version=2)
        assert numbers(store.read_all()) == [1, 2]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no read-only folders")
def test_a_read_only_folder_is_named(folder: Path) -> None:
    folder.chmod(0o555)
    with without_privileges():
        with pytest.raises(StoreError, match=r"cannot be opened; .* readable and writable"):
            SqliteEventStore(folder / "new.db", example_codec())
        with (
            pytest.raises(StoreError, match=r"read-only, or its folder is|cannot be opened"),
            opened(folder / "events.db") as store,
        ):
            store.append("gate-1", entered(3), expected_version=2)
    folder.chmod(0o755)
    with opened(folder / "events.db") as store:
        assert numbers(store.read_all()) == [1, 2]


# Damaged files


def test_a_damaged_file_is_an_error_that_says_so(path: Path) -> None:
    with opened(path) as store:
        store.append("gate-1", A_LOT, expected_version=2)
    whole = path.read_bytes()
    damaged = bytearray(whole)
    damaged[4096:] = b"\xa5" * (len(whole) - 4096)  # all but the first page
    path.write_bytes(damaged)
    with pytest.raises(StoreError, match="is damaged; keep a copy"), opened(path) as store:
        list(store.read_all())
    assert path.read_bytes()[4096:] == damaged[4096:]


def test_a_file_that_was_cut_off_is_an_error(path: Path) -> None:
    with opened(path) as store:
        store.append("gate-1", A_LOT, expected_version=2)
    path.write_bytes(path.read_bytes()[: 4096 * 2])
    with pytest.raises(StoreError, match=r"is damaged|is not an SQLite"), opened(path) as store:
        list(store.read_all())


def test_damaged_events_do_not_harm_those_that_can_be_read(path: Path) -> None:
    with opened(path) as store:
        for version in range(2, 12):
            store.append("gate-1", A_LOT[:1], expected_version=version)
    damaged = bytearray(path.read_bytes())
    damaged[-4096:] = b"\xa5" * 4096
    path.write_bytes(damaged)
    with opened(path) as store:
        assert numbers(store.read_all(limit=2)) == [1, 2]
        with pytest.raises(StoreError, match="is damaged"):
            list(store.read_all())
