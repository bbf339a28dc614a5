"""A course of two parts and three steps, small enough that its checks take no time.

The engine's tests use it, so that they say the same whatever the real course teaches.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from workshop.course.blanks import package_state
from workshop.course.results import CheckResult
from workshop.course.session import Session

settings.register_profile("unhurried", deadline=None)  # a busy machine is no defect
settings.load_profile("unhurried")

LAMP = '''"""A lamp."""

__all__ = ["Lamp", "dim_all"]


class Lamp:
    """A light that is on or off."""

    def __init__(self) -> None:  # step 1
        """Start dark."""
        self._level = 0

    @property
    def is_on(self) -> bool:  # step 1
        """Whether it shines."""
        return self._level > 0

    def switch_on(self) -> None:  # step 1
        """Shine as brightly as it can."""
        self._level = 100

    @property
    def level(self) -> int:  # step 2
        """The brightness, from 0 to 100."""
        return self._level

    @level.setter
    def level(self, level: int) -> None:  # step 2
        self._level = _checked(level)

    def __repr__(self) -> str:
        return "Lamp()"


def dim_all(lamps: list[Lamp]) -> None:  # step 2
    """Halve the brightness of each lamp."""
    for lamp in lamps:
        lamp.level //= 2


def _checked(level: int) -> int:  # step 2 (helper)
    if not 0 <= level <= 100:
        raise ValueError(f"A level is from 0 to 100, and {level} is not.")
    return level
'''

TALLY = '''"""Counting."""

from dataclasses import dataclass

__all__ = ["Tally"]


@dataclass
class Tally:  # step 3
    """What was counted so far."""

    total: int = 0

    def count(self) -> None:
        self.total += 1
'''

CONFTEST = """import importlib

import pytest


@pytest.fixture
def lamps():
    return importlib.import_module("exercises.lamps")


@pytest.fixture
def tallies():
    return importlib.import_module("exercises.tallies")
"""

TESTS = {
    1: """def test_a_lamp_is_dark_at_first(lamps):
    assert not lamps.Lamp().is_on


def test_a_lamp_that_is_switched_on_shines(lamps):
    lamp = lamps.Lamp()

    lamp.switch_on()

    assert lamp.is_on, "it was switched on"


def test_a_lamp_that_is_switched_on_twice_shines(lamps):
    lamp = lamps.Lamp()

    lamp.switch_on()
    lamp.switch_on()

    assert lamp.is_on is True
""",
    2: """import pytest


@pytest.mark.parametrize("level", [1, 100])
def test_a_lamp_has_the_level_that_it_is_set_to(lamps, level):
    lamp = lamps.Lamp()

    lamp.level = level

    assert lamp.level == level


def test_a_lamp_refuses_a_level_beyond_its_power(lamps):
    with pytest.raises(ValueError, match="101"):
        lamps.Lamp().level = 101


def test_dimming_halves_every_lamp(lamps):
    lamp = lamps.Lamp()
    lamp.level = 50

    lamps.dim_all([lamp])

    assert lamp.level == 25
""",
    3: """def test_a_tally_begins_with_nothing(tallies):
    assert tallies.Tally().total == 0


def test_a_tally_counts(tallies):
    tally = tallies.Tally()

    tally.count()

    assert tally.total == 1
""",
}

# By step; of the first step as many as a course needs.
WRONG = {
    "01_switching": {
        "on_from_the_start": """\"\"\"Your lamp shines before anybody switches it on.

What does `__init__` say about the light?
\"\"\"


class Lamp:
    def __init__(self):
        self._level = 100
""",
        "never_on": """\"\"\"Switching your lamp on changes nothing.

Where is it written down that the lamp is on?
\"\"\"


class Lamp:
    def switch_on(self):
        pass
""",
        "a_toggle": """\"\"\"Switching your lamp on a second time switches it off.

What should happen to a lamp that is on already?
\"\"\"


class Lamp:
    def switch_on(self):
        self._level = 100 - self._level
""",
        "needs_a_bulb": """\"\"\"Your lamp cannot be made without a bulb.

What do the tests make a lamp from?
\"\"\"


class Lamp:
    def __init__(self, bulb):
        self._level = 0
""",
        "says_that_it_is_on": """\"\"\"Your lamp cannot be switched on twice.

What does the lamp remember after the first time?
\"\"\"


class Lamp:
    def switch_on(self):
        if hasattr(self, "_switched"):
            raise RuntimeError("it is on already")
        self._switched = True
""",
    },
    "02_dimming": {
        "accepts_any_level": """\"\"\"Your lamp accepts a level beyond its power.

Which levels are there?
\"\"\"


def _checked(level):
    return level
""",
        "dims_to_nothing": """\"\"\"Dimming switches your lamps off.

What is half of 50?
\"\"\"


def dim_all(lamps):
    for lamp in lamps:
        lamp.level = 0
""",
    },
}

STEP = """
[[steps]]
number = {number}
id = "{id}"
aliases = {aliases}
part = "{part}"
title = "{title}"
learns = "something about {part}"
writes = "The blanks of `{file}`."
file = "{file}"
full = {{ read = 4, write = 6 }}
half = {{ mode = "written", read = 2, write = 3 }}
hints = ["What is missing?", "Look at the docstring.", "Nearly all of it."]
why = "It is short."
"""

STEPS = [
    {"number": 1, "id": "switching", "part": "lamps", "title": "Light", "file": "lamp.py"},
    {"number": 2, "id": "dimming", "part": "lamps", "title": "Less light", "file": "lamp.py"},
    {"number": 3, "id": "counting", "part": "tallies", "title": "Counting", "file": "tally.py"},
]

PARTS = {"lamps": LAMP, "tallies": TALLY}


def manifest(steps: int) -> str:
    """The manifest of the first so many steps."""
    parts = dict.fromkeys(str(step["part"]) for step in STEPS[:steps])
    text = 'title = "Lamps and tallies"\nclosing = "notebooks/04_good_night.ipynb"\n'
    for route, minutes in (("full", 10), ("half", 5)):
        text += (
            f'[[routes]]\nid = "{route}"\ntitle = "{route} day"\ntotal = {minutes * steps + 5}\n'
        )
        text += 'segments = [{ title = "Opening", minutes = 5, before = 1 }]\n'
    for part in parts:
        text += f'[[parts]]\nid = "{part}"\ntitle = "All about {part}"\npackage = "{part}"\n'
    for step in STEPS[:steps]:
        aliases = '["brightness"]' if step["number"] == 2 else "[]"
        text += STEP.format(aliases=aliases, **step)
    return text


def make_course(root: Path, steps: int) -> None:
    """Write the course into a folder, with its starters."""
    files = {
        "exercises/__init__.py": "",
        "exercises/pytest.ini": "[pytest]\npythonpath = ..\n",
        "exercises/conftest.py": CONFTEST,
        "exercises/course.toml": manifest(steps),
        "solutions/lamps/__init__.py": "from .lamp import Lamp, dim_all\n",
        "solutions/lamps/lamp.py": LAMP,
        "solutions/tallies/__init__.py": "from .tally import Tally\n",
        "solutions/tallies/tally.py": TALLY,
    }
    for step in STEPS[:steps]:
        slug = f"{step['number']:02}_{step['id']}"
        files[f"exercises/test_{slug}.py"] = TESTS[int(str(step["number"]))]
        for name, text in WRONG.get(slug, {}).items():
            files[f"solutions/wrong/{slug}/{name}.py"] = text
    for file, text in files.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for part in PARTS:
        for name, text in package_state(root / "solutions" / part, 1).items():
            starter = root / "exercises" / part / name
            starter.parent.mkdir(exist_ok=True)
            starter.write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A workspace, in a folder whose name is not a plain one."""
    root = tmp_path / "my wörkshop"
    make_course(root, steps=3)
    return root


@pytest.fixture
def one_step(tmp_path: Path) -> Path:
    """A workspace whose course is the first step alone."""
    root = tmp_path / "one step"
    make_course(root, steps=1)
    return root


@pytest.fixture
def check() -> Callable[..., CheckResult]:
    """Checks a step; the limit is generous, so that a busy machine is never taken for a loop."""

    def check_step(root: Path, number: int = 1, *, seconds: float = 30.0) -> CheckResult:
        session = Session(root, seconds=seconds)
        try:
            return session.check(number)
        finally:
            session.close()

    return check_step


GitIn = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitIn:
    """Runs git as somebody whom it knows: `git(folder, "log", "-1")` gives what it prints."""
    program = shutil.which("git")
    if program is None:
        pytest.skip("git is not on the path")
    home = tmp_path / "home"
    home.mkdir()
    config = "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n"
    (home / ".gitconfig").write_text(config, encoding="utf-8")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home))

    def run(folder: Path, *arguments: str) -> str:
        command = [program, "-C", str(folder), *arguments]
        done = subprocess.run(command, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        return done.stdout.decode("utf-8").strip()

    return run
