"""The clone's `.venv`: whether it is ready, usable, or in the way.

A stamp inside tells what was installed, and for which clone. It is written before anything else, as
unfinished, and again at the very end: an interrupted set-up never looks complete. An environment
without a stamp is somebody else's (`uv run` makes one) and is used if it holds what is needed.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from workshop.firststart.errors import COMMAND, SetupError
from workshop.firststart.installed import (
    brought_by,
    distributions,
    installed_from,
    lacks,
    required,
    same_folder,
)

__all__ = ["Environment", "Stamp", "State"]

# What lies in a virtual environment, whole or half made; a folder with anything else is not ours.
OWN_NAMES = frozenset(
    (
        *(".gitignore", ".lock", "cachedir.tag", "pyvenv.cfg"),
        *("bin", "etc", "include", "lib", "lib64", "man", "scripts", "share"),
    )
)
STAMP = "workshop-stamp.json"


class Stamp(NamedTuple):
    """What was installed.

    Attributes:
        complete: Whether the set-up came to its end.
        root: The clone that it was made for; another path means that the clone was moved.
        python: The version, such as 3.11, that the packages are for.
        pins: Digest of pyproject.toml and constraints.txt at the time.
        extras: The extras that were installed.
        packages: The distributions that must be there.
    """

    complete: bool
    root: str
    python: str
    pins: str
    extras: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


class State(Enum):
    """What a set-up has to do about the environment."""

    ABSENT = "make it"
    USABLE = "install into it"
    BROKEN = "make it afresh"


class Environment:
    """The folder `.venv` of the clone at `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        scripts, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
        self.python = self.folder / scripts / name

    def is_running(self) -> bool:
        """Whether this process runs in it."""
        return self.folder.is_dir() and self.folder.samefile(sys.prefix)

    def is_ready(self, extra: str | None) -> bool:
        """Whether it holds everything for the course, and for the extra; starts no process."""
        if not self.python.exists():
            return False
        stamp = self.stamp()
        if stamp is None:
            return not lacks(self.site_packages(), self.root, extra)
        return (
            stamp.complete
            and same_folder(stamp.root, self.root)
            and stamp.pins == pins(self.root)
            and (extra is None or extra in stamp.extras)
            and (
                not self.is_running()
                or stamp.python == f"{sys.version_info[0]}.{sys.version_info[1]}"
            )
            and distributions(self.site_packages()).keys() >= set(stamp.packages)
        )

    def state(self) -> State:
        """What a set-up has to do about it; starts its Python to find out.

        Raises:
            SetupError: Something that is not a virtual environment is in its place.
        """
        if not os.path.lexists(self.folder):
            return State.ABSENT
        self._refuse_what_is_not_ours()
        stamp = self.stamp()
        whole = stamp is None or (stamp.complete and same_folder(stamp.root, self.root))
        moved = installed_from(self.site_packages(), self.root) is False
        return State.USABLE if whole and not moved and self._runs() else State.BROKEN

    def remove(self) -> None:
        """Remove it, after `state` has found it to be ours.

        Raises:
            SetupError: It cannot be removed.
        """
        try:
            shutil.rmtree(self.folder)
        except OSError as error:
            raise SetupError(
                f"Cannot remove the broken {self.folder}: {error}.",
                remedy="Close what uses it (JupyterLab, an editor), remove the folder, "
                f"and run `{COMMAND}` again.",
            ) from error

    def site_packages(self) -> list[Path]:
        """Its folders of installed packages."""
        found = [*self.folder.glob("lib/python3*/site-packages"), self.folder / "Lib/site-packages"]
        return [folder for folder in found if folder.is_dir()]

    def stamp(self) -> Stamp | None:
        """The stamp; `None` without one. One that cannot be read counts as unfinished."""
        try:
            fields = json.loads((self.folder / STAMP).read_text(encoding="utf-8"))
            lists = {name: tuple(fields[name]) for name in ("extras", "packages")}
            return Stamp(**{**fields, **lists})
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, TypeError, KeyError):
            return Stamp(complete=False, root=str(self.root), python="", pins="")

    def write_stamp(self, *, complete: bool, extras: Iterable[str] = ()) -> None:
        """Write what is installed, or, before that, that the set-up is under way."""
        # With those that they bring along, or a command that needs one of these installs anew.
        kept = tuple(sorted({each for extra in extras for each in brought_by(extra, self.root)}))
        names = {name for extra in (None, *kept) for name in required(self.root, extra)}
        stamp = Stamp(
            complete=complete,
            root=str(self.root),
            python=self._made_for() or "",
            pins=pins(self.root),
            extras=kept,
            packages=tuple(sorted(names)),
        )
        self.folder.mkdir(exist_ok=True)
        written = self.folder / f"{STAMP}.tmp"
        text = json.dumps(stamp._asdict(), indent=2) + "\n"
        written.write_text(text, encoding="utf-8", newline="\n")
        written.replace(self.folder / STAMP)

    def _made_for(self) -> str | None:
        """The Python version, such as 3.11, that it was made for; `None` if half made."""
        try:
            text = (self.folder / "pyvenv.cfg").read_text(encoding="utf-8")
        except OSError:
            return None
        found = re.search(r"^version(?:_info)?\s*=\s*(\d+\.\d+)", text, re.MULTILINE)
        return found[1] if found else None

    def _refuse_what_is_not_ours(self) -> None:
        if not self.folder.is_dir():
            found = "is not a folder"
        elif (self.folder / "pyvenv.cfg").is_file() or (self.folder / STAMP).is_file():
            return
        else:
            names = sorted(entry.name for entry in self.folder.iterdir())
            strange = [name for name in names if name.lower() not in OWN_NAMES]
            if not strange:
                return
            found = f"holds {strange[0]}, which no virtual environment has"
        raise SetupError(
            f"The workshop keeps its packages in {self.folder}, but that {found}.",
            remedy=f"Move it elsewhere, and run `{COMMAND}` again.",
        )

    def _runs(self) -> bool:
        """Whether its Python starts, is new enough, and is the one that it was made for."""
        question = "import sys; print('%d.%d' % sys.version_info[:2])"
        try:
            answer = subprocess.run(
                [self.python, "-I", "-c", question], capture_output=True, timeout=60, check=True
            )
        except (OSError, subprocess.SubprocessError):
            return False
        version = answer.stdout.decode("ascii", "replace").strip()
        if version != self._made_for():
            return False
        major, minor = version.split(".")
        return (int(major), int(minor)) >= (3, 11)


def pins(root: Path) -> str:
    """Digest of the files that say what is installed."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((root / name).read_bytes().replace(b"\r\n", b"\n"))
        digest.update(b"\0")
    return digest.hexdigest()
