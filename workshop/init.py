"""A new workspace, as a clone would give it, made from the course that the workshop carries."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from workshop.content import content_root
from workshop.course.blanks import package_state
from workshop.course.branches import update_branches
from workshop.course.errors import CourseError
from workshop.course.git import Git
from workshop.course.manifest import Course
from workshop.course.update import remember_delivery
from workshop.course.workspace import MANIFEST

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
    in_git, lack = _into_git(root)
    made = f"Made a workspace in {root}. {lack}".rstrip()
    return InitResult(
        root=root,
        in_git=in_git,
        sentence=f"{made} Change to that folder and run `workshop`.",
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
    for part in Course.load(root / MANIFEST).parts:
        for name, text in package_state(root / "solutions" / part.package, 1).items():
            _write(root / "exercises" / part.package / name, text)
    _write(root / ".gitignore", GITIGNORE)
    _write(root / ".gitattributes", GITATTRIBUTES)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _into_git(root: Path) -> tuple[bool, str]:
    """Make a git repository with one commit and the solution branches.

    The commit is the student's, if git knows them. The answer is whether there is that commit, and
    a sentence on what is lacking.
    """
    try:
        git = Git(root)
    except CourseError:
        return False, "It is not in git: git is absent."
    known = git.succeeds("config", "user.name") and git.succeeds("config", "user.email")
    author = () if known else NOBODY
    if not (
        git.succeeds("-c", "init.defaultBranch=main", "init")
        and git.succeeds("add", "--all")
        and git.succeeds(*author, "commit", "-m", "Start the workshop")
    ):
        return False, "It is not in git: git refused."
    try:
        update_branches(root, Course.load(root / MANIFEST))
    except CourseError as error:
        return True, f"It has no solution branches yet: {error}"
    return True, ""
