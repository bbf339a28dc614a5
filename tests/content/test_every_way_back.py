"""From any step to any step of the real course, and back again."""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workshop.course.blanks import package_state
from workshop.course.journal import Journal
from workshop.course.manifest import Course, Step
from workshop.course.progress_events import HintTaken, ProgressEvent, StepChecked, StepPassed
from workshop.course.results import ChangeResult
from workshop.course.session import Session

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT / "exercises" / "course.toml")
NOON = datetime(2026, 9, 18, 12, 0, tzinfo=UTC)
MINE = "\r\n# Mine: Zoë, 日本語\r\n".encode()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("every way")
    for name in ("exercises", "solutions"):
        ignored = shutil.ignore_patterns("__pycache__", "wrong", "test_*")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    return folder


def begin(root: Path, step: Step) -> None:
    """Be in the middle of a step: those before it passed, and all files written in by hand."""
    shutil.rmtree(root / ".workshop", ignore_errors=True)
    for part in COURSE.parts:
        state = step.number if part.id == step.part else 1
        for name, text in package_state(ROOT / "solutions" / part.package, state).items():
            own = MINE if part.id == step.part else b""
            (root / "exercises" / part.package / name).write_bytes(text.encode() + own)
    day: list[ProgressEvent] = [
        StepPassed(step=before.id, digest="d") for before in COURSE.earlier_in_part(step)
    ]
    day += [
        StepChecked(step=step.id, verdict="failed", mistake=None, digest="d"),
        HintTaken(step=step.id, number=1),
    ]
    with closing(Journal(root / ".workshop" / "progress.db", lambda: NOON)) as journal:
        for event in day:
            journal.record(event)


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in (root / "exercises").rglob("*.py")
    }


def there_and_back(session: Session, change: Callable[[int], ChangeResult], step: Step) -> None:
    """Make a change and undo it: nothing is lost in between, and all is as before."""
    written, standing = files(session.root), session.status()
    changed = change(step.number)
    if changed.backup is None:
        assert files(session.root) == written
        return
    kept = session.root / changed.backup / "files"
    for file in changed.files:
        assert (kept / file).read_bytes() == written[file]
    assert {f for f, data in files(session.root).items() if data != written[f]} == {*changed.files}
    session.undo()
    assert files(session.root) == written
    assert session.status() == standing


@pytest.mark.parametrize("start", [pytest.param(step, id=step.slug) for step in COURSE.steps])
def test_from_every_step_every_catch_up_and_every_reset_can_be_undone(
    root: Path, start: Step
) -> None:
    begin(root, start)
    with closing(Session(root, clock=lambda: NOON)) as session:
        for step in COURSE.steps:
            there_and_back(session, session.catch_up, step)
            there_and_back(session, session.reset, step)
