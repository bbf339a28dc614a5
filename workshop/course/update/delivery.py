"""What a release puts into a workspace: the base from which an update tells who changed what.

A workspace remembers it in `.workshop/delivered.json`: a fingerprint of every file, and the texts
of those that are merged rather than compared. A student's packages need no text of their own, since
any state of them follows from the solutions.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from workshop.course.blanks import blank
from workshop.course.errors import CourseError
from workshop.course.update.outline import Outline

__all__ = ["MANIFEST", "RECORD", "Delivery", "Fingerprint", "is_merged", "with_starters"]

MANIFEST = "exercises/course.toml"
RECORD = ".workshop/delivered.json"


class Fingerprint(msgspec.Struct, frozen=True):
    """A file's bytes, and its essence: what is left of it when nobody but a program touched it.

    The essence of a notebook is what its cells say: running it changes its outputs alone. That of
    any other file does not depend on how its lines end.
    """

    data: str
    essence: str

    @classmethod
    def of(cls, path: str, data: bytes) -> "Fingerprint":
        """The fingerprint of a file."""
        return cls(_digest(data), _digest(_essence(path, data)))


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """The files of a release, as a workspace gets them.

    `complete` is false where nobody knows what was delivered, apart from the files it has.
    """

    files: dict[str, Fingerprint]
    texts: dict[str, str]
    complete: bool = True

    @classmethod
    def of(cls, contents: Mapping[str, bytes], *, complete: bool = True) -> "Delivery":
        """What a workspace with these files got.

        Raises:
            CourseError: There is no manifest among them, or a solution is broken.
        """
        packages = Outline.of(contents.get(MANIFEST, b"")).packages
        return cls(
            files={file: Fingerprint.of(file, data) for file, data in contents.items()},
            texts={
                file: data.decode("utf-8", errors="replace")
                for file, data in contents.items()
                if file == MANIFEST or _is_kept(file, packages)
            },
            complete=complete,
        )

    @classmethod
    def remembered(cls, root: Path) -> "Delivery | None":
        """What the workspace remembers; `None` if it does not, or if the record is damaged."""
        try:
            found = msgspec.json.decode((root / RECORD).read_bytes(), type=cls)
            Outline.of(found.texts[MANIFEST].encode())
        except (OSError, msgspec.DecodeError, KeyError, CourseError):
            return None
        return found

    @property
    def outline(self) -> Outline:
        """Its steps and packages."""
        return Outline.of(self.texts[MANIFEST].encode())

    def record(self) -> bytes:
        """The text of the workspace's record."""
        return msgspec.json.encode(self)


def is_merged(file: str) -> bool:
    """Whether two versions of it are merged definition by definition."""
    return file.startswith("exercises/") and file.endswith(".py")


def with_starters(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with the packages of `exercises` blank, whoever has worked in them.

    Raises:
        CourseError: A solution is broken.
    """
    packages = Outline.of(contents.get(MANIFEST, b"")).packages
    own = tuple(f"exercises/{package}/" for package in packages)
    blanked = {file: data for file, data in contents.items() if not file.startswith(own)}
    return blanked | dict(_starters(contents, packages))


def _starters(
    contents: Mapping[str, bytes], packages: tuple[str, ...]
) -> Iterator[tuple[str, bytes]]:
    for file, data in contents.items():
        folder, _, inner = file.partition("/")
        if folder == "solutions" and inner.partition("/")[0] in packages and file.endswith(".py"):
            try:
                yield f"exercises/{inner}", blank(data.decode("utf-8"), 1).encode()
            except (SyntaxError, ValueError) as error:
                raise CourseError(
                    f"The solution {file} of that release is broken: {error}. "
                    f"Take a release that is whole."
                ) from error


def _is_kept(file: str, packages: tuple[str, ...]) -> bool:
    folder, _, inner = file.partition("/")
    in_a_package = inner.partition("/")[0] in packages
    return file.endswith(".py") and (folder, in_a_package) in {
        ("exercises", False),
        ("solutions", True),
    }


def _essence(path: str, data: bytes) -> bytes:
    if path.endswith(".ipynb"):
        try:
            cells = json.loads(data)["cells"]
            said = [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
            return json.dumps(said).encode()
        except (ValueError, TypeError, KeyError):
            return data
    return data.replace(b"\r\n", b"\n")


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
