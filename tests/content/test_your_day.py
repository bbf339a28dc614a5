"""The closing notebook reads what the engine recorded, whatever it recorded."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from workshop.course.journal import Journal
from workshop.course.manifest import Course
from workshop.course.progress_events import (
    CaughtUp,
    ChangeUndone,
    HintTaken,
    ProgressEvent,
    SolutionShown,
    StepChecked,
    StepPassed,
    StepReset,
)

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT / "exercises" / "course.toml")
MORNING = datetime(2026, 9, 18, 9, 0, tzinfo=UTC)

A_DAY: list[tuple[int, ProgressEvent]] = [
    (0, StepChecked(step="identity", verdict="not started", mistake=None, digest="0")),
    (1, StepChecked(step="identity", verdict="failed", mistake="no_hash", digest="1")),
    (3, HintTaken(step="identity", number=1)),
    (5, SolutionShown(step="identity")),
    (12, StepPassed(step="identity", digest="2")),
    (13, CaughtUp(step="behaviour", given=(), blanked=(), backup="1", touched=())),
    (14, StepReset(step="behaviour", backup="2", touched=())),
    (15, ChangeUndone(backup="2")),
    (20, StepChecked(step="behaviour", verdict="timed out", mistake=None, digest="3")),
    (25, StepChecked(step="behaviour", verdict="so far right", mistake=None, digest="3")),
    (50, StepPassed(step="behaviour", digest="4")),
    (60, StepPassed(step="identity", digest="5")),
]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace in which every step is solved."""
    for folder in ("exercises", "notebooks"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    for part in COURSE.parts:
        for file in (ROOT / "solutions" / part.package).glob("*.py"):
            shutil.copyfile(file, tmp_path / "exercises" / part.package / file.name)
    return tmp_path


def printed(workspace: Path) -> str:
    """Run the notebook, and give all that it printed."""
    path = workspace / COURSE.closing
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute(env={**os.environ, "PYTHONPATH": str(workspace), "TZ": "UTC"})
    return "".join(_texts(notebook))


def _texts(notebook: nbformat.NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            yield output.get("text", "")


def test_the_closing_notebook_tells_the_students_own_day(workspace: Path) -> None:
    moments = iter([MORNING + timedelta(minutes=minute) for minute, _ in A_DAY])
    with closing(Journal(workspace / ".workshop" / "progress.db", lambda: next(moments))) as file:
        for _, event in A_DAY:
            file.record(event)

    told = printed(workspace)

    assert "8 events of yours" in told, "all that was refused, passed or helped with"
    assert "identity                ▇▇▇▇▇▇ 12 min" in told, "until the first pass"
    assert "30 min" in told
    assert "on average: 0:21:00" in told
    assert "The check said no 2 times" in told
    assert "Passed at noon: behaviour, identity" in told


def test_the_closing_notebook_has_something_to_say_to_who_did_nothing(workspace: Path) -> None:
    told = printed(workspace)

    assert "Nothing yet" in told
    assert "0 events of yours" in told
    assert "on average: None" in told
    assert not (workspace / ".workshop").exists()


def test_the_course_ends_with_a_notebook_that_is_there() -> None:
    assert (ROOT / COURSE.closing).is_file()
