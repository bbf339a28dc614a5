"""The folder that wheels are put into, such as a USB stick: it may be full, or write-protected."""

import errno
import shutil
import tempfile
from pathlib import Path

from workshop.course.errors import CourseError
from workshop.firststart.diagnosis import DISK_FULL, NOT_ALLOWED
from workshop.firststart.errors import SetupError

__all__ = ["folder_problem", "usable_folder"]

NEEDED = "220 MB"


def usable_folder(target: Path) -> Path:
    """The folder, made if need be; other files may lie in it.

    Raises:
        CourseError: It is a file, or cannot be made or written to.
        SetupError: The disk is full.
    """
    folder = target.resolve()
    if folder.exists() and not folder.is_dir():
        raise CourseError(f"{folder} is a file. Name a folder; it is made if there is none.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"wheel")
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _full(folder) from error
        raise CourseError(
            f"{folder} cannot be written to: {error.strerror}. Name another folder."
        ) from error
    return folder


def folder_problem(output: str, folder: Path) -> SetupError | None:
    """What a tool that failed says of the folder, if it is the folder's fault."""
    if DISK_FULL.search(output):
        return _full(folder)
    if NOT_ALLOWED.search(output):
        return SetupError(
            f"{folder} can no longer be written to.",
            remedy="Is the stick still there? Make the wheelhouse again; what is there is kept.",
        )
    return None


def _full(folder: Path) -> SetupError:
    temporary = Path(tempfile.gettempdir())
    free, free_temporary = (shutil.disk_usage(f).free / 1e6 for f in (folder, temporary))
    return SetupError(
        f"The disk is full: {folder} has {free:.0f} MB free, and {temporary}, where packages "
        f"are fetched to first, {free_temporary:.0f} MB. A wheelhouse needs {NEEDED} at both.",
        remedy="Free some space, and make the wheelhouse again; what is there already is kept.",
    )
