import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workshop.course.journal import Journal
from workshop.course.progress_events import HintTaken, SolutionShown, StepPassed
from workshop.eventsourcing import Event

START = datetime(2026, 9, 18, 9, 0, tzinfo=UTC)

PASSED = StepPassed(step="switching", digest="abc")
HINT = HintTaken(step="switching", number=1)
SHOWN = SolutionShown(step="switching")


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that goes on by a minute whenever somebody looks at it."""
    minutes: Iterator[int] = iter(range(1000))
    return lambda: START + timedelta(minutes=next(minutes))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".workshop" / "progress.db"


def events(journal: Journal) -> list[Event]:
    return [stored.event for stored in journal.history()]


def test_events_are_told_in_the_order_in_which_they_happened(
    path: Path, clock: Callable[[], datetime]
) -> None:
    with closing(Journal(path, clock)) as journal:
        journal.record(HINT)
        journal.record(PASSED)

        assert events(journal) == [HINT, PASSED]
        assert [s.recorded_at for s in journal.history()] == [START, START + timedelta(minutes=1)]
        assert journal.warnings == ()


def test_the_next_day_knows_what_the_last_one_did(
    path: Path, clock: Callable[[], datetime]
) -> None:
    with closing(Journal(path, clock)) as journal:
        journal.record(HINT)

    with closing(Journal(path, clock)) as journal:
        journal.record(PASSED)
        assert events(journal) == [HINT, PASSED]


def test_the_past_is_told_as_it_was_known_then(path: Path, clock: Callable[[], datetime]) -> None:
    with closing(Journal(path, clock)) as journal:
        journal.record(HINT)
        journal.record(PASSED)

        assert [s.event for s in journal.history(START)] == [HINT]
        assert journal.history(START - timedelta(seconds=1)) == ()


def test_a_notebook_and_a_terminal_write_into_one_record(
    path: Path, clock: Callable[[], datetime]
) -> None:
    with closing(Journal(path, clock)) as notebook, closing(Journal(path, clock)) as terminal:
        notebook.record(HINT)
        terminal.record(PASSED)

        assert events(notebook) == events(terminal) == [HINT, PASSED]


# Files that cannot be used


def garbage(path: Path) -> None:
    path.write_bytes(b"this is no database\n" * 100)


def empty_folder(path: Path) -> None:
    path.mkdir()


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE events (something_else TEXT)")
        connection.commit()


def truncated(path: Path) -> None:
    with closing(Journal(path, lambda: START)) as journal:
        journal.record(HINT)
    path.write_bytes(path.read_bytes()[:5000])
    for companion in path.parent.glob("progress.db-*"):
        companion.unlink()


DAMAGE = [garbage, empty_folder, other_database, truncated]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_a_file_that_cannot_be_used_is_warned_of_and_the_course_goes_on(
    path: Path, clock: Callable[[], datetime], damage: Callable[[Path], None]
) -> None:
    path.parent.mkdir()
    damage(path)
    kept = path.read_bytes() if path.is_file() else None

    with closing(Journal(path, clock)) as journal:
        journal.history()
        journal.record(PASSED)

        assert events(journal)[-1:] == [PASSED]
        (warning,) = journal.warnings
        assert warning.startswith("Your progress is not being recorded: ")
        assert f"rename {path}" in warning
        assert "your code is safe" in warning
    assert (path.read_bytes() if path.is_file() else None) == kept


def test_a_folder_that_cannot_be_made_is_warned_of(
    path: Path, clock: Callable[[], datetime]
) -> None:
    path.parent.write_text("a file where the folder should be", encoding="utf-8")

    with closing(Journal(path, clock)) as journal:
        journal.record(PASSED)

        assert events(journal) == [PASSED]
        assert len(journal.warnings) == 1


def test_an_empty_file_is_a_new_record(path: Path, clock: Callable[[], datetime]) -> None:
    path.parent.mkdir()
    path.touch()

    with closing(Journal(path, clock)) as journal:
        journal.record(PASSED)
        assert journal.warnings == ()
    with closing(Journal(path, clock)) as journal:
        assert events(journal) == [PASSED]


def test_a_record_that_becomes_read_only_still_tells_what_was(
    path: Path, clock: Callable[[], datetime]
) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("the superuser can write every file")
    with closing(Journal(path, clock)) as journal:
        journal.record(HINT)
    path.chmod(0o444)
    path.parent.chmod(0o555)

    try:
        with closing(Journal(path, clock)) as journal:
            journal.record(PASSED)
            assert events(journal) == [HINT, PASSED]
            assert len(journal.warnings) == 1
    finally:
        path.parent.chmod(0o755)


def test_a_record_that_another_program_holds_is_not_waited_for_long(
    path: Path, clock: Callable[[], datetime]
) -> None:
    with closing(Journal(path, clock)) as journal:
        journal.record(HINT)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            journal.record(PASSED)
            journal.record(SHOWN)

            assert events(journal) == [HINT, PASSED, SHOWN]
            assert [s.event for s in journal.history(START)] == [HINT]
            assert "locked by another transaction" in journal.warnings[0]


def test_a_record_that_can_be_read_but_not_written_still_tells_what_was(
    path: Path, clock: Callable[[], datetime]
) -> None:
    with closing(Journal(path, clock)) as journal:
        journal.record(HINT)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON events "
            "BEGIN SELECT RAISE(ABORT, 'not one event more'); END"
        )
        connection.commit()

    with closing(Journal(path, clock)) as journal:
        assert journal.warnings == ()
        journal.record(PASSED)
        journal.record(SHOWN)

        assert events(journal) == [HINT, PASSED, SHOWN]
        assert [s.event for s in journal.history(START)] == [HINT]
        assert len(journal.warnings) == 1


def test_an_event_of_a_later_edition_does_not_stop_the_course(
    path: Path, clock: Callable[[], datetime]
) -> None:
    with closing(Journal(path, clock)) as journal:
        journal.record(HINT)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER events_are_never_changed")
        connection.execute("UPDATE events SET name = 'moon-visited'")
        connection.commit()

    with closing(Journal(path, clock)) as journal:
        assert journal.history() == ()
        journal.record(SHOWN)

        assert events(journal) == [SHOWN]
        assert "moon-visited" in journal.warnings[0]


def test_closing_twice_is_harmless(path: Path, clock: Callable[[], datetime]) -> None:
    journal = Journal(path, clock)
    journal.record(HINT)
    journal.close()

    journal.close()
