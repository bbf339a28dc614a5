"""What was delivered is known from the record or from git, or else nothing is taken for granted."""

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workshop.course.update import remember_at_first

if TYPE_CHECKING:
    from tests.course.update.conftest import Student

git = shutil.which("git")
needs_git = pytest.mark.skipif(git is None, reason="git is not on the path")

RECORD = ".workshop/delivered.json"
NOTEBOOK = "notebooks/01_switching.ipynb"
TEST = "exercises/test_01_switching.py"
LAMP = "exercises/lamps/lamp.py"
BLANK = '        raise NotImplementedError("step 2: Lamp.dim")\n'
MINE = "        self._level -= 1  # mine\n"


def run_git(root: Path, *arguments: str, who: str = "author") -> None:
    assert git is not None
    name = ("-c", f"user.name={who}", "-c", f"user.email={who}@example.org")
    plain = ("-c", "commit.gpgsign=false", "-c", "core.autocrlf=false")
    command = [git, "-C", str(root), *name, *plain, *arguments]
    subprocess.run(command, capture_output=True, check=True)


def commit_all(root: Path, message: str, who: str) -> None:
    (root / ".gitignore").write_text(".workshop/\n", encoding="utf-8")
    run_git(root, "init", who=who)
    run_git(root, "add", "--all", who=who)
    run_git(root, "commit", "-m", message, who=who)


def work(student: "Student") -> None:
    """Fill a blank, and write into a notebook."""
    student.edit(LAMP, BLANK, MINE)
    student.edit(NOTEBOOK, "# About", "# My own notes about")


def assert_told_apart(student: "Student", *changes: str) -> None:
    result = student.update(*changes)
    assert result.beside == ("notebooks/01_switching.new.ipynb",)
    assert MINE in student.read(LAMP)
    assert "<a lamp>" in student.read(LAMP)
    assert "test_it_works_twice" in student.read(TEST)
    assert "Reworded." in student.read("notebooks/02_dimming.ipynb")


@needs_git
def test_the_first_commit_of_a_workspace_is_what_was_delivered(student: "Student") -> None:
    commit_all(student.root, "Start the workshop", who="ada")
    work(student)
    run_git(student.root, "commit", "--all", "-m", "My day", who="ada")
    (student.root / RECORD).unlink()

    assert_told_apart(student, "notebooks", "tests", "scaffold")


@needs_git
def test_the_last_commit_that_a_newer_clone_has_too_is_what_was_delivered(
    student: "Student",
) -> None:
    commit_all(student.root, "A release", who="author")
    newer = student.releases / "with notebooks-scaffold-tests"
    shutil.rmtree(newer, ignore_errors=True)
    run_git(student.root, "clone", str(student.root), str(newer))
    shutil.copytree(
        student.release("scaffold", "notebooks", "tests", "rename"), newer, dirs_exist_ok=True
    )
    for old in ("exercises/test_02_dimming.py", "notebooks/02_dimming.ipynb"):
        (newer / old).unlink()
    run_git(newer, "add", "--all")
    run_git(newer, "commit", "-m", "Another release")
    work(student)
    run_git(student.root, "commit", "--all", "-m", "My day", who="ada")
    (student.root / RECORD).unlink()

    result = student.update("scaffold", "notebooks", "tests")

    assert result.beside == ("notebooks/01_switching.new.ipynb",)
    assert MINE in student.read(LAMP)
    assert "<a lamp>" in student.read(LAMP)
    assert not student.has("notebooks/02_dimming.ipynb")
    assert "Reworded." in student.read("notebooks/02_fading.ipynb")
    shutil.rmtree(newer)


@needs_git
def test_the_students_own_commits_are_not_what_was_delivered(student: "Student") -> None:
    commit_all(student.root, "A release", who="author")
    run_git(student.root, "config", "user.email", "ada@example.org")
    work(student)
    run_git(student.root, "commit", "--all", "-m", "My day", who="ada")
    (student.root / RECORD).unlink()

    assert_told_apart(student, "notebooks", "tests", "scaffold")


@needs_git
def test_in_a_clone_it_says_what_git_pull_will_do(student: "Student") -> None:
    commit_all(student.root, "A release", who="author")
    assert student.update("tests").warnings == ()
    run_git(student.root, "remote", "add", "origin", "https://example.invalid/course")

    (warning,) = student.update("tests", "scaffold").warnings

    assert "`git pull` will stop" in warning


@needs_git
def test_after_a_pull_git_knows_better_than_the_record(student: "Student") -> None:
    commit_all(student.root, "A release", who="author")
    run_git(student.root, "config", "user.email", "ada@example.org")
    pulled = student.release("notebooks", "tests")
    shutil.copytree(pulled, student.root, dirs_exist_ok=True)
    run_git(student.root, "commit", "--all", "-m", "A newer release", who="author")

    result = student.update("notebooks", "tests", "rename", "task")

    assert result.conflicts == ()
    assert result.yours == ()


@pytest.mark.parametrize("record", [None, b"", b"{}", b"\xff", b'{"files": {}, "texts": {}}'])
def test_without_a_record_and_git_only_the_students_packages_are_merged(
    student: "Student", record: bytes | None
) -> None:
    work(student)
    (student.root / RECORD).unlink()
    if record is not None:
        (student.root / RECORD).write_bytes(record)
    test = student.read(TEST)

    result = student.update("notebooks", "tests", "scaffold", "rename")

    assert MINE in student.read(LAMP)
    assert "<a lamp>" in student.read(LAMP)
    assert student.read(TEST) == test
    assert "test_it_works_twice" in student.read(f"{TEST}.new")
    assert "My own notes" in student.read(NOTEBOOK)
    assert "Reworded." in student.read("notebooks/01_switching.new.ipynb")
    assert student.has("notebooks/02_fading.ipynb")
    assert not student.has("notebooks/02_dimming.ipynb")
    assert all("nobody knows how it was delivered" in c.sentence for c in result.conflicts)
    assert "exercises/course.toml.yours" not in student.files()


def test_an_unpacked_release_is_remembered_before_its_student_begins(student: "Student") -> None:
    (student.root / RECORD).unlink()
    remember_at_first(student.root)
    work(student)

    remember_at_first(student.root)  # a later start changes nothing

    assert_told_apart(student, "notebooks", "tests", "scaffold")


def test_that_it_cannot_be_remembered_is_no_error(student: "Student") -> None:
    shutil.rmtree(student.root / ".workshop")
    student.write(".workshop", "a file where the folder should be")

    remember_at_first(student.root)


def test_without_a_record_the_next_update_knows(student: "Student") -> None:
    (student.root / RECORD).unlink()
    student.update("notebooks")

    result = student.update("notebooks", "tests")

    assert result.conflicts == ()
    assert "test_it_works_twice" in student.read(TEST)
