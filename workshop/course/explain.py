"""What a failing test has to say, taken from the exception itself and not from printed text."""

import linecache
import re
import traceback
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from workshop.course.location import Location
from workshop.course.runner import Error

__all__ = ["Comparison", "encodable", "explain", "shorten"]

_DID_NOT_RAISE = re.compile(r"DID NOT RAISE (?:any of )?(.*)", re.DOTALL)
_CLASS = re.compile(r"<class '(?:[\w.]*\.)?(\w+)'>")

Comparison = tuple[str, str, str]
"""Operator, left and right of the comparison that an assertion made last."""


def explain(
    error: BaseException,
    root: Path,
    package: str,
    compared: Comparison | None,
) -> Error:
    """Describe why a test failed."""
    frames = _frames(error.__traceback__, root)
    own = [frame for frame in frames if frame.file.startswith(f"{package}/")]
    tests = [frame for frame in frames if Path(frame.file).name.startswith("test_")]
    message = _message(error)
    expected, got = _expectation(error, message, compared)
    if isinstance(error, AssertionError):
        message = _in_the_tests_words(message)
    return Error(
        type=type(error).__name__,
        message=shorten(message),
        expected=expected,
        got=got,
        importing=any(frame.function == "<module>" for frame in own)
        or isinstance(error, ImportError),
        own_line=own[-1].location if own else None,
        test_line=tests[-1].location if tests else None,
    )


def shorten(text: str, limit: int = 600) -> str:
    """Cut a long text in its middle, and say how much is left out."""
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{text[:half]} … {len(text) - 2 * half} characters more … {text[-half:]}"


def encodable(text: str) -> str:
    """The text as a plain `str` that UTF-8 can encode: lone surrogates are spelt out."""
    return str.encode(text, "utf-8", "backslashreplace").decode()


def _message(error: BaseException) -> str:
    try:
        return encodable(str(error))
    except BaseException as problem:  # the student's __str__ may raise anything
        return f"(its own __str__ raises {type(problem).__name__})"


def _in_the_tests_words(message: str) -> str:
    """What the author of the test says, without pytest's drawing of the assertion below it."""
    said, _, _ = message.partition("\nassert ")
    return said.splitlines()[0] if said.startswith("assert ") else said


def _expectation(
    error: BaseException, message: str, compared: Comparison | None
) -> tuple[str | None, str | None]:
    if missing := _DID_NOT_RAISE.match(message):
        names = _CLASS.findall(missing[1]) or [missing[1]]
        return f"{' or '.join(names)} is raised", "nothing is raised"
    if compared and isinstance(error, AssertionError):
        operator, left, right = compared
        if operator in ("in", "not in"):  # what the student's code gave stands on the right
            return f"{left} {operator} it", right
        relation = "" if operator in ("==", "is") else f"{operator} "
        return f"{relation}{right}", left
    return None, None


class _Frame(NamedTuple):
    """A line that an error passed through; `file` is relative to the workspace."""

    path: str
    file: str
    line: int
    function: str

    @property
    def location(self) -> Location:
        return Location(
            file=self.file, line=self.line, text=linecache.getline(self.path, self.line).strip()
        )


def _frames(trace: TracebackType | None, root: Path) -> list[_Frame]:
    """The lines below the workspace that the error passed through, outermost first."""
    frames = []
    for frame, line in traceback.walk_tb(trace):
        path = frame.f_code.co_filename
        file = _within(root, path)
        if file is not None:
            frames.append(_Frame(path, file, line, frame.f_code.co_name))
    return frames


@lru_cache
def _within(root: Path, path: str) -> str | None:
    """The path from the workspace, if it is in there; recursion asks a thousand times."""
    try:
        return Path(path).resolve().relative_to(root).as_posix()
    except (OSError, ValueError):
        return None
