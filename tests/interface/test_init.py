"""`workshop init` makes a workspace, and never touches what is there."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workshop.content import content_root, newer_content
from workshop.course.errors import CourseError
from workshop.course.update import update
from workshop.init import init_workspace

git = shutil.which("git")
needs_git = pytest.mark.skipif(git is None, reason="git is not on the path")


@pytest.fixture(autouse=True)
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git that does not know its user."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))


def _git(root: Path, *arguments: str) -> str:
    assert git is not None
    done = subprocess.run([git, "-C", str(root), *arguments], capture_output=True, check=True)
    return done.stdout.decode("utf-8").strip()


def test_a_new_folder_becomes_a_workspace(tmp_path: Path) -> None:
    made = init_workspace(tmp_path / "new" / "atelier d'été")
    assert made.root == tmp_path / "new" / "atelier d'été"
    for name in ("exercises/course.toml", "notebooks/00_welcome.ipynb", "solutions", "slides"):
        assert (made.root / name).exists(), name
    assert str(made.root) in made.sentence


def test_the_pictures_of_the_readme_come_along(tmp_path: Path) -> None:
    root = init_workspace(tmp_path / "new").root
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", (root / "README.md").read_text("utf-8"))
    assert pictures
    assert [name for name in pictures if not (root / name).is_file()] == []


def test_an_empty_folder_becomes_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert (init_workspace(tmp_path / "empty").root / "exercises" / "course.toml").is_file()


def test_the_exercises_are_blank(tmp_path: Path) -> None:
    root = init_workspace(tmp_path / "new").root
    starter = (root / "exercises" / "domain_model" / "work_item.py").read_text(encoding="utf-8")
    assert 'NotImplementedError("step 1' in starter


def test_nothing_travels_that_python_or_jupyter_left_behind(tmp_path: Path) -> None:
    root = init_workspace(tmp_path / "new").root
    names = {file.name for file in root.rglob("*")}
    assert names.isdisjoint({"__pycache__", ".ipynb_checkpoints", ".pytest_cache"})
    assert [file.name for file in (root / ".workshop").iterdir()] == ["delivered.json"]


@needs_git
def test_it_is_a_git_repository_with_everything_in_its_first_commit(tmp_path: Path) -> None:
    made = init_workspace(tmp_path / "new")
    assert made.in_git
    assert _git(made.root, "status", "--porcelain") == ""
    assert _git(made.root, "rev-list", "--count", "HEAD") == "1"
    assert "exercises/course.toml" in _git(made.root, "ls-files").splitlines()


@needs_git
def test_it_has_the_solution_branches_in_it(tmp_path: Path) -> None:
    made = init_workspace(tmp_path / "new")
    heads = _git(made.root, "for-each-ref", "--format=%(refname:short)", "refs/heads").splitlines()
    assert heads == ["main", "solution/domain-model", "solution/event-sourced"]
    assert _git(made.root, "rev-list", "--count", "main..solution/domain-model") == "4"


@needs_git
def test_a_new_folder_within_a_repository_has_one_of_its_own(tmp_path: Path) -> None:
    outer = init_workspace(tmp_path / "outer").root
    inner = init_workspace(outer / "inner")
    assert inner.in_git
    assert _git(inner.root, "rev-parse", "--show-prefix") == ""
    assert _git(outer, "rev-list", "--count", "HEAD") == "1"


@needs_git
def test_the_first_commit_is_its_students_own_if_git_knows_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    config = "[user]\n\tname = Ada Lovelace\n\temail = ada@example.org\n"
    (home / ".gitconfig").write_text(config, encoding="utf-8")
    known = init_workspace(tmp_path / "known").root
    assert _git(known, "log", "-1", "--format=%an %ae") == "Ada Lovelace ada@example.org"
    (home / ".gitconfig").unlink()
    unknown = init_workspace(tmp_path / "unknown").root
    assert _git(unknown, "log", "-1", "--format=%an") == "The workshop"


@needs_git
def test_a_repository_that_git_was_called_from_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = init_workspace(tmp_path / "other").root
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    made = init_workspace(tmp_path / "new")
    assert made.in_git
    assert (made.root / ".git").is_dir()
    monkeypatch.delenv("GIT_DIR")
    assert _git(other, "rev-list", "--count", "HEAD") == "1"


def test_without_git_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    made = init_workspace(tmp_path / "new")
    assert not made.in_git
    assert "not in git" in made.sentence
    assert (made.root / "exercises" / "course.toml").is_file()


def test_a_folder_that_holds_anything_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(CourseError, match=r"is not empty: it holds thesis\.txt"):
        init_workspace(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_workspace_is_refused(tmp_path: Path) -> None:
    root = init_workspace(tmp_path / "new").root
    with pytest.raises(CourseError, match="is a workspace already"):
        init_workspace(root)


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    with pytest.raises(CourseError, match="is a file"):
        init_workspace(tmp_path / "notes")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    with pytest.raises(CourseError, match="cannot be written"):
        init_workspace(tmp_path / "notes" / "below a file")


def test_in_a_clone_the_course_is_the_clones_own() -> None:
    assert content_root() == Path(__file__).resolve().parents[2]


def test_a_clone_is_told_where_a_newer_release_could_come_from() -> None:
    with pytest.raises(CourseError, match=r"update --from FOLDER.*git pull"):
        newer_content(content_root())


def test_a_new_workspace_has_nothing_to_update(tmp_path: Path) -> None:
    root = init_workspace(tmp_path / "new").root

    result = update(root, newer_content(root), clock=lambda: datetime.now(UTC))

    assert (result.changes, result.conflicts, result.yours) == (0, (), ())
