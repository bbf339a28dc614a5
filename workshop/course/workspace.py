"""The folder that a student works in, and the care taken of what they wrote.

Whatever changes a student's files goes through `Workspace.change`, which first keeps the bytes
that were there. `undo` takes back the newest change that has not been taken back yet.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop.course.errors import CourseError

__all__ = ["Change", "Undone", "Workspace", "find_root"]

MANIFEST = Path("exercises", "course.toml")


@dataclass(frozen=True, slots=True)
class Change:
    """A change to a student's files; `backup` is the folder that keeps what was there."""

    files: tuple[str, ...]
    backup: str | None


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was taken back; `kept` is the folder that keeps what it replaced."""

    action: str
    files: tuple[str, ...]
    backup: str
    kept: str


def find_root(start: Path | None = None) -> Path:
    """Find the workspace: the folder with `exercises/course.toml`.

    The search goes from `start` (the current folder) upward, and then to `WORKSHOP_ROOT`.

    Raises:
        CourseError: There is none.
    """
    start = (start or Path.cwd()).resolve()
    candidates = [start, *start.parents]
    if named := os.environ.get("WORKSHOP_ROOT"):
        candidates.append(Path(named).resolve())
    for folder in candidates:
        if (folder / MANIFEST).is_file():
            return folder
    raise CourseError(
        f"{start} is not in a workshop: no folder from here upward has {MANIFEST.as_posix()}. "
        f"Change to the folder that you cloned, or make one with `workshop init DIR`."
    )


class Workspace:
    """A workspace by its root."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.state = root / ".workshop"

    def change(self, action: str, texts: Mapping[str, bytes | None]) -> Change:
        """Write files, and keep what was there before.

        Args:
            action: What this is, for the backup's name: `catch-up-03`.
            texts: The new contents by path relative to the root, `None` to remove a file; those
                that are already like this are left alone.

        Raises:
            CourseError: A file or its backup cannot be written. The change is taken back.
        """
        try:
            differing = {f: data for f, data in texts.items() if self.read(f) != data}
            if not differing:
                return Change(files=(), backup=None)
            folder = self._new_backup(action, tuple(differing))
            self._write_all(differing)
        except OSError as error:
            raise _cannot_write(error) from error
        return Change(files=tuple(differing), backup=self._relative(folder))

    def undo(self) -> Undone:
        """Restore, byte for byte, what the newest change replaced.

        What the student wrote since then is kept beside the backup.

        Raises:
            CourseError: There is nothing to undo, or a file cannot be written.
        """
        for folder in sorted(self._backups.glob("*/"), reverse=True):
            kept = folder / "replaced"
            if not kept.exists() and (folder / "backup.json").is_file():
                return self._restore(folder, kept)
        raise CourseError("There is nothing to undo: no reset or catch-up is left to take back.")

    def _restore(self, folder: Path, kept: Path) -> Undone:
        action, before = self._backed_up(folder)
        try:
            kept.mkdir()
            for file in before:
                self._keep(file, kept)
            self._write_all(before)
        except OSError as error:
            shutil.rmtree(kept, ignore_errors=True)  # its being there says that this was undone
            raise _cannot_write(error) from error
        return Undone(
            action=action,
            files=tuple(before),
            backup=self._relative(folder),
            kept=self._relative(kept),
        )

    def _backed_up(self, folder: Path) -> tuple[str, dict[str, bytes | None]]:
        """What a backup was made for, and the bytes that it keeps; `None` for no file."""
        try:
            described = json.loads((folder / "backup.json").read_bytes())
            return described["action"], {
                file: (folder / "files" / file).read_bytes() if existed else None
                for file, existed in described["files"].items()
            }
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise CourseError(
                f"The backup {self._relative(folder)} is damaged, so nothing was undone. "
                f"What is left of your files is in {self._relative(folder / 'files')}."
            ) from error

    @property
    def _backups(self) -> Path:
        return self.state / "backups"

    def _new_backup(self, action: str, files: tuple[str, ...]) -> Path:
        self._backups.mkdir(parents=True, exist_ok=True)
        numbers = [int(path.name[:4]) for path in self._backups.glob("[0-9][0-9][0-9][0-9]-*")]
        folder = self._backups / f"{max(numbers, default=0) + 1:04}-{action}"
        folder.mkdir()
        existed = {file: self._keep(file, folder / "files") for file in files}
        described = {"action": action, "files": existed}
        text = json.dumps(described, indent=1)
        self._write(self._relative(folder / "backup.json"), text.encode())  # last: now it counts
        return folder

    def _keep(self, file: str, folder: Path) -> bool:
        """Copy a file into a folder; whether there was one."""
        data = self.read(file)
        if data is None:
            return False
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return True

    def _write_all(self, contents: Mapping[str, bytes | None]) -> None:
        """Write all files; `None` removes one. If one cannot be written, put back the rest."""
        before = {file: self.read(file) for file in contents}
        try:
            for file, data in contents.items():
                self._write(file, data)
        except OSError:
            for file, data in before.items():
                if self.read(file) != data:
                    self._write(file, data)
            raise

    def read(self, file: str) -> bytes | None:
        """The bytes of a file, by its path relative to the root; `None` if there is none."""
        try:
            return (self.root / file).read_bytes()
        except FileNotFoundError:
            return None

    def _write(self, file: str, data: bytes | None) -> None:
        """Replace a file in one step, so that nobody ever sees half of it."""
        path = self.root / file
        if data is None:
            path.unlink(missing_ok=True)
            self._remove_if_empty(path.parent)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = path.stat().st_mode if path.exists() else 0o644
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
        try:
            with os.fdopen(handle, "wb") as new:
                new.write(data)
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _remove_if_empty(self, folder: Path) -> None:
        """Leave no folder behind that only held what was removed."""
        while folder != self.root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _cannot_write(error: OSError) -> CourseError:
    what = error.filename or "a file"
    return CourseError(
        f"Nothing was changed, because {what} cannot be written ({error.strerror}). "
        f"Check that the folder is yours and the disk is not full: `workshop doctor`."
    )
