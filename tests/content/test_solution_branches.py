"""The branches that students get hold what is solved, and everything that checks it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from workshop.course.blanks import python_files
from workshop.course.branches import update_branches
from workshop.course.manifest import Course, Part, Step
from workshop.course.temporary import COURSE_FOLDERS

REPOSITORY = Path(__file__).resolve().parents[2]
COURSE = Course.load(REPOSITORY / "exercises" / "course.toml")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in a repository of its own, with the branches in it."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not on the path")
    root = tmp_path_factory.mktemp("clone")
    for folder in COURSE_FOLDERS:
        left_behind = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", ".pytest_cache")
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=left_behind)
    run(root, "-c", "init.defaultBranch=main", "init")
    run(root, "add", "--all")
    run(root, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-m", "Start")
    update_branches(root, COURSE)
    return root


def run(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize("part", COURSE.parts, ids=lambda part: part.id)
def test_the_last_commit_is_the_solution(clone: Path, part: Part) -> None:
    for name, path in python_files(REPOSITORY / "solutions" / part.package).items():
        shown = run(clone, "show", f"solution/{part.id}:exercises/{part.package}/{name}")
        assert shown == path.read_text(encoding="utf-8"), name


@pytest.mark.parametrize("step", COURSE.steps, ids=lambda step: step.id)
def test_every_step_has_a_commit_that_names_it_and_changes_its_file(
    clone: Path, step: Step
) -> None:
    found = f"^(Extra step|Step) {step.number}: "
    command = ("log", "--extended-regexp", f"--grep={found}", "--format=%s", "--name-only")
    subject, *files = run(clone, *command, f"main..solution/{step.part}").split("\n")

    assert subject.endswith(f" {step.number}: {step.title}")
    assert f"exercises/{COURSE.part_of(step).package}/{step.file}" in files
