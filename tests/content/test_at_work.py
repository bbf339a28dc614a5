"""What README.md and docs/AT_WORK.md say about taking the core to work, done as it is written."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fnmatch import filter as filter_names
from fnmatch import fnmatch
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from workshop.eventsourcing import EventStore, SqliteEventStore, StoreError
from workshop.eventsourcing.postgres import PostgresEventStore
from workshop.eventsourcing.testing import private_postgres_server
from workshop.eventsourcing.testing.store_contract.examples import entered, example_codec

ROOT = Path(__file__).parents[2]
AT_WORK = ROOT / "docs" / "AT_WORK.md"
CODEC = example_codec()


def blocks(page: Path, language: str, words: str) -> list[str]:
    found = re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [each for each in found if words in each]


@pytest.fixture(scope="module")
def dsn() -> Iterator[str]:
    with private_postgres_server() as server:
        yield server.dsn


@pytest.fixture
def kanban(tmp_path: Path) -> Iterator[SqliteEventStore]:
    """A history, whose clock moves a minute with each append."""
    minutes = count()
    began = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    store = SqliteEventStore(
        tmp_path / "kanban.db", CODEC, clock=lambda: began + timedelta(minutes=next(minutes))
    )
    for n in range(30):
        events = entered(*range(1 + n % 3))
        store.append(f"door-{n % 4}", events, expected_version=None, metadata={"by": str(n)})
    store.save_checkpoint("report", 17)
    yield store
    store.close()


def everything(store: EventStore) -> list[Any]:
    return list(store.read_all())


def test_the_example_of_the_readme_runs_as_it_stands(tmp_path: Path) -> None:
    [example] = blocks(ROOT / "README.md", "python", "SqliteEventStore")

    ran = subprocess.run(
        [sys.executable, "-c", example], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )

    assert (ran.stderr, ran.stdout) == ("", "Repairs Support\n")


def test_it_runs_with_a_copy_of_the_folder_as_well(tmp_path: Path) -> None:
    [example] = blocks(ROOT / "README.md", "python", "SqliteEventStore")
    shutil.copytree(ROOT / "workshop" / "eventsourcing", tmp_path / "yours" / "eventsourcing")
    yours = example.replace("from workshop.", "from yours.")

    ran = subprocess.run(
        [sys.executable, "-c", f"{yours}\nimport sys\nprint('workshop' in sys.modules)"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
    )

    assert (ran.stderr, ran.stdout) == ("", "Repairs Support\nFalse\n")


def test_a_history_is_copied_to_postgresql_with_all_that_it_is(
    kanban: SqliteEventStore, dsn: str
) -> None:
    [code] = blocks(AT_WORK, "python", "copy_history")
    names: dict[str, Any] = {"PostgresEventStore": PostgresEventStore}
    exec(code, names)

    copied = names["copy_history"](kanban, dsn, CODEC, ["report"])

    assert everything(copied) == everything(kanban)
    assert copied.checkpoint("report") == 17
    copied.close()


def test_a_user_with_the_rights_that_are_named_appends_and_changes_nothing(dsn: str) -> None:
    [grants] = blocks(AT_WORK, "sql", "GRANT")
    PostgresEventStore(dsn, CODEC).close()
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute("CREATE ROLE board LOGIN")
        owner.execute(grants.encode())
    theirs = make_conninfo(dsn, user="board")
    store = PostgresEventStore(theirs, CODEC)

    store.append("door-rights", entered(1), expected_version=0)
    with store.transaction():
        store.save_checkpoint("rights", store.checkpoint("rights") + 1)
    for forbidden in ("DELETE FROM", "TRUNCATE", "DROP TABLE"):
        with (
            psycopg.connect(theirs, autocommit=True) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(f"{forbidden} events.events")
    with pytest.raises(StoreError, match="does not allow this; grant the user"):
        PostgresEventStore(theirs, CODEC, schema="another")
    store.close()


def test_a_backup_of_a_file_that_is_in_use_is_whole(
    kanban: SqliteEventStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [code] = blocks(AT_WORK, "python", "backup")
    monkeypatch.chdir(tmp_path)
    exec(code, {})

    backup = SqliteEventStore(tmp_path / "backup.db", CODEC)

    assert everything(backup) == everything(kanban)
    assert backup.checkpoint("report") == 17
    backup.close()


def test_every_module_that_is_to_be_read_is_there_and_none_is_left_out() -> None:
    page = AT_WORK.read_text(encoding="utf-8")
    reading = page[page.index("## Read it first") : page.index("## Copy it")]
    named = {name.rpartition("/")[2] for name in re.findall(r"`([\w/*]+)`", reading)}
    core = ROOT / "workshop" / "eventsourcing"
    modules = [path.stem for path in core.glob("*.py") if path.stem != "__init__"]
    there = {path.stem for path in core.rglob("*")}

    assert [name for name in modules if not any(fnmatch(name, each) for each in named)] == []
    assert [each for each in named if not filter_names(there, each)] == []
