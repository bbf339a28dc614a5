"""A new workspace, as a clone would give it, made from the course that the workshop carries."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from workshop.content import content_root
from workshop.course.blanks import package_state
from workshop.course.errors import CourseError
from workshop.course.manifest import Course
from workshop.course.update import remember_delivery

__all__ = ["InitResult", "init_workspace"]

FOLDERS = ("exercises", "notebooks", "slides", "solutions")
FILES = ("README.md", "docs/first-screen.png")
LEFT_BEHIND = shutil.ignore_patterns(
    "__pycache__", "*.pyc", ".ipynb_checkpoints", ".*_cache", ".workshop"
)
GITIGNORE = "__pycache__/\n*.pyc\n.venv/\n.workshop/\n.ipynb_checkpoints/\n.pytest_cache/\n"
GITATTRIBUTES = "* text=auto eol=lf\n*.png binary\n"
NOBODY = ("-c", "user.name=The workshop", "-c", "user.email=workshop@example.invalid")


@dataclass(frozen=True, kw_only=True, slots=True)
class InitResult:
    """A workspace that was made.

    Attributes:
        root: The workspace.
        in_git: Whether it is a git repository with a first commit.
        sentence: What was done, and what to do next.
    """

    root: Path
    in_git: bool
    sentence: str


def init_workspace(target: Path) -> InitResult:
    """Make a workspace in a folder that is new or empty.

    Raises:
        CourseError: Something is there already, or it cannot be written.
    """
    root = target.resolve()
    _refuse_what_is_there(root)
    source = content_root()
    try:
        root.mkdir(parents=True, exist_ok=True)
        _copy(source, root)
        remember_delivery(root)
    except (OSError, shutil.Error) as error:
        raise CourseError(
            f"The workspace cannot be written in {root}: {error}. "
            "Choose a folder of your own with 10 MB free."
        ) from error
    in_git = _commit(root)
    history = "" if in_git else " It is not in git: git is absent or refused."
    return InitResult(
        root=root,
        in_git=in_git,
        sentence=f"Made a workspace in {root}.{history} Change to that folder and run `workshop`.",
    )


def _refuse_what_is_there(root: Path) -> None:
    if (root / "exercises" / "course.toml").is_file():
        raise CourseError(f"{root} is a workspace already: change to it and run `workshop`.")
    if root.exists() and not root.is_dir():
        raise CourseError(f"{root} is a file. Name a new folder.")
    try:
        found = next(iter(sorted(root.iterdir())), None) if root.exists() else None
    except OSError as error:
        raise CourseError(f"{root} cannot be read: {error.strerror}. Name a new folder.") from error
    if found is not None:
        raise CourseError(f"{root} is not empty: it holds {found.name}. Name a new folder.")


def _copy(source: Path, root: Path) -> None:
    for name in FOLDERS:
        shutil.copytree(source / name, root / name, ignore=LEFT_BEHIND)
    for name in FILES:
        (root / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(source / name, root / name)
    # From a clone this would otherwise carry over what its student wrote.
    for part in Course.load(root / "exercises" / "course.toml").parts:
        for name, text in package_state(root / "solutions" / part.package, 1).items():
            _write(root / "exercises" / part.package / name, text)
    _write(root / ".gitignore", GITIGNORE)
    _write(root / ".gitattributes", GITATTRIBUTES)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _commit(root: Path) -> bool:
    """Make the workspace a git repository with one commit, as its student if git knows them."""
    git = shutil.which("git")
    if git is None:
        return False
    # Variables such as GIT_DIR, set where git itself called us, would lead to another repository.
    surroundings = {name: v for name, v in os.environ.items() if not name.startswith("GIT_")}

    def succeeds(*arguments: str) -> bool:
        command = [git, "-C", str(root), *arguments]
        return subprocess.run(command, env=surroundings, capture_output=True).returncode == 0

    known = succeeds("config", "user.name") and succeeds("config", "user.email")
    author = () if known else NOBODY
    plain = ("-c", "commit.gpgsign=false", "-c", "core.hooksPath=", "-c", "core.safecrlf=false")
    return (
        succeeds("-c", "init.defaultBranch=main", "init")
        and succeeds("-c", "core.safecrlf=false", "add", "--all")
        and succeeds(*author, *plain, "commit", "-m", "Start the workshop")
    )
