"""The clone as a student would get it, with whatever is in the working tree now."""

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from workshop.course.temporary import COURSE_FOLDERS

__all__ = ["copy_clone", "digests"]

FOLDERS = (*COURSE_FOLDERS, "docs", "tests", "workshop")

# What a first start makes, or Python by the way; .gitignore names it.
MADE = frozenset((".venv", ".workshop", "__pycache__"))


def copy_clone(root: Path, target: Path) -> None:
    """Copy the files that git tracks; without git, the course's folders and the files beside them.

    Args:
        root: The clone.
        target: The copy; made here.
    """
    for name in _tracked(root) or _files_of(root):
        if (root / name).is_file():  # one that was removed, and not committed yet, is left out
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, target / name)


def digests(folder: Path) -> dict[str, str]:
    """What every file holds but those that a first start is expected to make."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in _below(folder)
    }


def _tracked(root: Path) -> list[str]:
    """The files that git tracks; none without git, or if `root` is in nobody's repository."""
    git = shutil.which("git")
    if git is None:
        return []
    try:
        asked = subprocess.run([git, "ls-files", "-z"], cwd=root, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return []
    return asked.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]


def _files_of(root: Path) -> Iterator[str]:
    for path in _below(root):
        name = path.relative_to(root)
        if len(name.parts) == 1 or name.parts[0] in FOLDERS:
            yield PurePosixPath(name).as_posix()


def _below(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name in MADE:
            continue
        if entry.is_dir():
            yield from _below(entry)
        elif entry.is_file():
            yield entry
