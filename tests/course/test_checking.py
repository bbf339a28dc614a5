import os
from pathlib import Path

import pytest

from workshop.course.checking import Snapshot, sentence
from workshop.course.errors import CourseError
from workshop.course.results import (
    Crashed,
    EarlierStepBroke,
    Failed,
    ImportProblem,
    NotStarted,
    Passed,
    SyntaxProblem,
)

LAMP = Path("exercises", "lamps", "lamp.py")


def solved(root: Path) -> str:
    return (root / "solutions" / "lamps" / "lamp.py").read_text(encoding="utf-8")


def write(root: Path, text: str | bytes) -> None:
    (root / LAMP).write_bytes(text.encode() if isinstance(text, str) else text)


# Verdicts


def test_a_starter_is_not_started_and_says_what_to_write(tiny, check):  # type: ignore[no-untyped-def]
    assert check(tiny, 1).verdict == NotStarted(
        blanks=("Lamp.__init__", "Lamp.is_on", "Lamp.switch_on")
    )
