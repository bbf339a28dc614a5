"""A newer release, as it lies in a folder: installed, cloned or unpacked."""

import re
from dataclasses import dataclass
from pathlib import Path

from workshop.course.errors import CourseError
from workshop.course.manifest import Course
from workshop.course.update.delivery import MANIFEST, Delivery, with_starters
from workshop.course.update.git import tracked

__all__ = ["Release", "files_of", "has_own_workshop", "is_ours"]

FOLDERS = ("exercises", "notebooks", "slides", "solutions")
FILES = ("README.md", "docs/first-screen.png")

# A clone has the workshop in it too, and new exercises may need the new one.
WORKSHOP_FOLDERS = ("workshop", "tests", "docs")
WORKSHOP_FILES = (
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"),
    *("constraints.txt", "pyproject.toml", "uv.lock"),
)

_LEFT_BEHIND = re.compile(r"(^|/)(__pycache__|\.ipynb_checkpoints|\.\w+_cache|\.workshop)/")
_BESIDE = re.compile(r"\.(pyc|(new|yours)(-\d+)?(\.ipynb)?)$")


@dataclass(frozen=True)
class Release:
    """The files that a workspace gets, by path; `has_workshop` if the workshop is among them."""

    contents: dict[str, bytes]
    delivery: Delivery
    has_workshop: bool

    @classmethod
    def read(cls, source: Path, *, with_workshop: bool = False) -> "Release":
        """Read it from a folder.

        Args:
            source: The folder, or that of an unpacked wheel.
            with_workshop: For a clone, which has the workshop in it.

        Raises:
            CourseError: There is no release in the folder, it is not whole, or it is for a newer
                workshop.
        """
        root = _content_in(source)
        if with_workshop and not has_own_workshop(root):
            raise CourseError(
                "This workspace is a clone with a workshop of its own, and a newer course may "
                f"need a newer one, which {root} lacks. Clone the release into another folder, "
                "and run `workshop update --from FOLDER`."
            )
        if not with_workshop:
            _insist_that_we_can_read(root)
        try:
            contents = files_of(root, with_workshop=with_workshop)
        except OSError as error:
            raise CourseError(
                f"The release cannot be read: {error.filename} ({error.strerror}). "
                f"Copy it to a folder of your own."
            ) from error
        contents = with_starters(contents)
        return cls(contents, Delivery.of(contents), with_workshop)


def has_own_workshop(root: Path) -> bool:
    """Whether this is a clone, which runs the workshop that lies in it."""
    return (root / "workshop" / "__main__.py").is_file()


def _content_in(source: Path) -> Path:
    for root in (source, source / "workshop" / "_content", source / "_content"):
        if (root / MANIFEST).is_file() and (root / "solutions").is_dir():
            return root
    if source.is_file():
        raise CourseError(f"{source} is a file. Unpack it, and name the folder.")
    raise CourseError(
        f"{source} has no course in it: {MANIFEST} or solutions is missing. "
        f"Name the folder of a newer clone, or of an unpacked release."
    )


def _insist_that_we_can_read(root: Path) -> None:
    try:
        Course.load(root / MANIFEST)
    except CourseError as error:
        raise CourseError(
            f"The course in {root} is not for this workshop, and nothing was changed. "
            f"Install the workshop of that release first, then run `workshop update`. "
            f"What it says: {error}"
        ) from error


def files_of(root: Path, *, with_workshop: bool = False) -> dict[str, bytes]:
    """The files of the course in a folder, and of the workshop if wanted, as they are.

    Raises:
        OSError: One cannot be read.
    """
    known = tracked(root)
    files = {*FILES, *WORKSHOP_FILES}
    for folder in (*FOLDERS, *WORKSHOP_FOLDERS):
        files |= {path.relative_to(root).as_posix() for path in (root / folder).rglob("*")}
    return {
        file: (root / file).read_bytes()
        for file in sorted(files)
        if is_ours(file, with_workshop=with_workshop)
        and (known is None or file in known)
        and (root / file).is_file()
    }


def is_ours(file: str, *, with_workshop: bool) -> bool:
    """Whether a release brings the file at this path, if it has it."""
    folders = (*FOLDERS, *WORKSHOP_FOLDERS) if with_workshop else FOLDERS
    files = (*FILES, *WORKSHOP_FILES) if with_workshop else FILES
    if _BESIDE.search(file) or _LEFT_BEHIND.search(file):
        return False
    return file in files or file.partition("/")[0] in folders
