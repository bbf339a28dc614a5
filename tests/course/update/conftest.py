"""Releases of a small course, a workspace made from the first of them, and its student."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

import pytest

from workshop.course.blanks import package_state
from workshop.course.results import UpdateResult
from workshop.course.session import Session
from workshop.course.update import remember_delivery, update

LAMP = '''\
"""A lamp."""

from .levels import FULL

__all__ = ["Lamp"]


class Lamp:
    """A light."""

    def __init__(self) -> None:
        self._level = 0

    def switch_on(self) -> None:  # step switching
        """Shine."""
        self._level = FULL

    @property
    def level(self) -> int:  # step dimming
        """How bright it is."""
        return self._level

    def dim(self) -> None:  # step dimming
        """Shine half as brightly."""
        self._level = _half(self._level)

    def __repr__(self) -> str:
        return "Lamp()"


def _half(level: int) -> int:  # step dimming (helper)
    return level // 2
'''

COLOUR = '''\
    def paint(self, colour: str) -> None:  # step colour
        """Give it a colour."""
        self.colour = colour

'''

TALLY = '''\
class Tally:
    """What was counted."""

    def count(self) -> int:  # step counting
        """One more."""
        return 1
'''

TESTS = {
    "switching": "lamps.Lamp().switch_on()",
    "dimming": "lamps.Lamp().dim()",
    "colour": "lamps.Lamp().paint('red')",
    "counting": "tallies.Tally().count()",
}

CONFTEST = """\
import importlib

import pytest


@pytest.fixture
def lamps():
    return importlib.import_module("exercises.lamps")


@pytest.fixture
def tallies():
    return importlib.import_module("exercises.tallies")
"""

CHANGES = ("rename", "add", "remove", "task", "scaffold", "tests", "notebooks", "files", "solution")
"""What a release may do to the one before it."""


def write_release(root: Path, changes: frozenset[str] = frozenset()) -> None:
    """Write a release: the first one, with these changes."""
    ids = ["switching", "dimming", "counting"]
    if "remove" in changes:
        ids.remove("counting")
    if "add" in changes:
        ids.insert(1, "colour")
    files = _solutions(ids, changes) | _exercises(ids, changes)
    for number, id_ in enumerate(ids, start=1):
        slug = f"{number:02}_{_called(id_, changes)}"
        files[f"notebooks/{slug}.ipynb"] = notebook(f"# About {id_}", changes)
        files[f"solutions/wrong/{slug}/a_mistake.py"] = f'"""No {id_}."""\n'
    more = "More.\n" if "files" in changes else ""
    files["README.md"] = f"# The course\n{more}"
    files["slides/01_talk.ipynb"] = notebook("# A talk", changes)
    if "files" not in changes:
        files["slides/old.svg"] = "<svg/>\n"
    for file, text in files.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for package in (root / "solutions").iterdir():
        if package.name != "wrong":
            for name, text in package_state(package, 1).items():
                path = root / "exercises" / package.name / name
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")


def notebook(words: str, changes: frozenset[str] = frozenset(), output: str = "") -> str:
    """A notebook of one text and one program."""
    shown = [{"output_type": "stream", "name": "stdout", "text": [output]}] if output else []
    code = {"cell_type": "code", "id": "b", "metadata": {}, "source": ["print(1)"]}
    said = [words + ("\n\nReworded." if "notebooks" in changes else "")]
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": said},
        code | {"execution_count": 1, "outputs": shown},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _called(id_: str, changes: frozenset[str]) -> str:
    return "fading" if id_ == "dimming" and "rename" in changes else id_


def _solutions(ids: list[str], changes: frozenset[str]) -> dict[str, str]:
    lamp = LAMP
    if "add" in changes:
        lamp = lamp.replace("    def __repr__", f"{COLOUR}    def __repr__")
    if "task" in changes:
        lamp = lamp.replace('"""Shine half as brightly."""', '"""Shine, but less."""')
    if "scaffold" in changes:
        lamp = lamp.replace('return "Lamp()"', 'return "<a lamp>"')
    if "solution" in changes:
        lamp = lamp.replace("self._level = FULL\n", "self._level = FULL  # 100\n")
    files = {
        "solutions/lamps/__init__.py": "from .lamp import Lamp\n",
        "solutions/lamps/lamp.py": lamp,
        "solutions/lamps/levels.py": "FULL = 100\n",
    }
    if "counting" in ids:
        files["solutions/tallies/__init__.py"] = "from .tally import Tally\n"
        files["solutions/tallies/tally.py"] = TALLY
    for number, id_ in enumerate(ids, start=1):
        for file, text in files.items():
            files[file] = text.replace(f"# step {id_}", f"# step {number}")
    return files


def _exercises(ids: list[str], changes: frozenset[str]) -> dict[str, str]:
    manifest = 'title = "Lamps"\nclosing = "notebooks/09_end.ipynb"\nroutes = []\n'
    for part in ("lamps", "tallies") if "counting" in ids else ("lamps",):
        manifest += f'[[parts]]\nid = "{part}"\ntitle = "{part}"\npackage = "{part}"\n'
    files = {"exercises/__init__.py": "", "exercises/conftest.py": CONFTEST}
    files["exercises/pytest.ini"] = "[pytest]\npythonpath = ..\n"
    for number, id_ in enumerate(ids, start=1):
        part, file = ("tallies", "tally.py") if id_ == "counting" else ("lamps", "lamp.py")
        called = _called(id_, changes)
        manifest += dedent(f"""\
            [[steps]]
            number = {number}
            id = "{called}"
            aliases = {[] if called == id_ else [id_]}
            part = "{part}"
            title = "About {id_}"
            learns = "something"
            writes = "The blanks."
            file = "{file}"
            full = {{ write = 6 }}
            half = {{ mode = "written", write = 3 }}
            hints = ["Think."]
            why = "It is short."
        """)
        domain = "tallies" if id_ == "counting" else "lamps"
        body = f"def test_it_works({domain}):\n    {TESTS[id_]}\n"
        if "tests" in changes:
            body += f"\n\ndef test_it_works_twice({domain}):\n    {TESTS[id_]}\n    {TESTS[id_]}\n"
        files[f"exercises/test_{number:02}_{called}.py"] = body
    return files | {"exercises/course.toml": manifest}


@dataclass
class Student:
    """Somebody in a workspace, beside which newer releases lie."""

    root: Path
    releases: Path

    def read(self, file: str) -> str:
        return (self.root / file).read_bytes().decode("utf-8")

    def write(self, file: str, text: str) -> None:
        (self.root / file).parent.mkdir(parents=True, exist_ok=True)
        (self.root / file).write_bytes(text.encode("utf-8"))

    def edit(self, file: str, before: str, after: str) -> None:
        text = self.read(file)
        assert before in text
        self.write(file, text.replace(before, after, 1))

    def has(self, file: str) -> bool:
        return (self.root / file).exists()

    def release(self, *changes: str) -> Path:
        """A newer release with these changes."""
        folder = self.releases / ("with " + "-".join(sorted(changes)))
        if not folder.exists():
            write_release(folder, frozenset(changes))
        return folder

    def update(self, *changes: str, dry_run: bool = False) -> UpdateResult:
        return update(
            self.root, self.release(*changes), dry_run=dry_run, clock=lambda: datetime.now(UTC)
        )

    def undo(self) -> None:
        session = self.session()
        session.undo()
        session.close()

    def session(self) -> Session:
        return Session(self.root, seconds=30.0)

    def files(self) -> dict[str, bytes]:
        """All that is in the workspace, apart from what the workshop keeps for itself."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
            and ".workshop" not in path.relative_to(self.root).parts
            and ".git" not in path.relative_to(self.root).parts
        }

    def folders(self) -> set[str]:
        return {
            path.relative_to(self.root).as_posix()
            for path in self.root.rglob("*")
            if path.is_dir() and ".workshop" not in path.relative_to(self.root).parts
        }


@pytest.fixture(scope="session")
def enrol(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Student]:
    """Gives a new workspace to a new student."""
    template = tmp_path_factory.mktemp("course") / "first release"
    write_release(template)
    releases = tmp_path_factory.mktemp("releases")

    def make() -> Student:
        root = tmp_path_factory.mktemp("student") / "my wörkshop"
        shutil.copytree(template, root)
        remember_delivery(root)
        return Student(root, releases)

    return make


@pytest.fixture
def student(enrol: Callable[[], Student]) -> Student:
    """A student who has written nothing yet."""
    return enrol()
