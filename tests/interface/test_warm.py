"""Checks of several processes share the workers that JupyterLab or `watch` keeps."""

import json
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from workshop.course.results import NotStarted, Verdict
from workshop.course.runner import Job, TestRun
from workshop.course.session import Session
from workshop.course.spare_runner import SpareRunner
from workshop.warm import WarmRunner, shared_workers

REPOSITORY = Path(__file__).parents[2]


class Counting(SpareRunner):
    """Counts the jobs that it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs: list[Job] = []

    def run(self, jobs: Sequence[Job]) -> tuple[TestRun, ...]:
        self.jobs += jobs
        return super().run(jobs)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "my wörkshop"
    for folder in ("exercises", "solutions"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    return root


@pytest.fixture
def keeper() -> Iterator[Counting]:
    with Counting() as runner:
        yield runner


def checked(workspace: Path) -> Verdict:
    with closing(Session(workspace, runner=WarmRunner(workspace))) as session:
        return session.check(1).verdict


def note(workspace: Path) -> Path:
    return workspace / ".workshop" / "workers.json"


def test_a_check_asks_the_workers_that_are_kept(workspace: Path, keeper: Counting) -> None:
    with shared_workers(workspace, keeper):
        assert isinstance(checked(workspace), NotStarted)
    assert [job.test_files for job in keeper.jobs] == [("exercises/test_01_identity.py",)]


def test_two_checks_at_once_are_both_answered(workspace: Path, keeper: Counting) -> None:
    with shared_workers(workspace, keeper), ThreadPoolExecutor() as pool:
        both = list(pool.map(checked, [workspace, workspace]))
    assert [type(verdict) for verdict in both] == [NotStarted, NotStarted]
    assert len(keeper.jobs) == 2


def test_where_nobody_keeps_workers_a_check_starts_its_own(
    workspace: Path, keeper: Counting
) -> None:
    assert isinstance(checked(workspace), NotStarted)
    with shared_workers(workspace, keeper):
        pass
    assert not note(workspace).exists()
    assert isinstance(checked(workspace), NotStarted)
    assert keeper.jobs == []


@pytest.mark.parametrize(
    "left_behind",
    ["", "[]", "{}", json.dumps({"address": "/nowhere/at/all", "token": "x"}), '{"address": 5}'],
)
def test_what_a_keeper_that_was_killed_left_behind_does_no_harm(
    workspace: Path, left_behind: str
) -> None:
    note(workspace).parent.mkdir()
    note(workspace).write_text(left_behind, encoding="utf-8")
    assert isinstance(checked(workspace), NotStarted)


def test_who_does_not_know_the_word_is_not_answered(workspace: Path, keeper: Counting) -> None:
    with shared_workers(workspace, keeper):
        said = json.loads(note(workspace).read_text(encoding="utf-8"))
        note(workspace).write_text(json.dumps({**said, "token": "guessed"}), encoding="utf-8")
        assert isinstance(checked(workspace), NotStarted)
    assert keeper.jobs == []


def test_a_copied_workspace_is_not_answered_by_the_keeper_of_the_original(
    workspace: Path, keeper: Counting
) -> None:
    with shared_workers(workspace, keeper):
        copied = workspace.with_name("copied")
        shutil.copytree(workspace, copied)
        assert isinstance(checked(copied), NotStarted)
    assert keeper.jobs == []


def test_of_two_keepers_the_last_one_is_asked_and_the_first_leaves_its_note_alone(
    workspace: Path, keeper: Counting
) -> None:
    with Counting() as second:
        first = shared_workers(workspace, keeper)
        first.__enter__()
        with shared_workers(workspace, second):
            first.__exit__(None, None, None)
            assert isinstance(checked(workspace), NotStarted)
        assert (len(keeper.jobs), len(second.jobs)) == (0, 1)
