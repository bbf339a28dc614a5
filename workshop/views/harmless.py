"""Makes text that others wrote safe to show anywhere, and short enough to read.

A student's output may hold terminal escapes, control characters, half a surrogate pair or marks
that turn the reading direction. Whatever `repr` would escape is escaped here too, so that it is
seen and does nothing; only line breaks stay.
"""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

__all__ = ["first_lines", "harmless", "last_lines", "on_every_text"]

T = TypeVar("T")

MAX_LINE = 300  # characters; about four lines of a terminal
MAX_LINES = 12

# ECMA-48: control sequences, then strings up to their terminator, then two-character escapes.
_TERMINAL_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-Z\\^-~]"
)


def on_every_text(value: T, change: Callable[[str], str]) -> T:
    """A copy of a result in which every text, however deep, is changed."""
    return _changed(value, change)  # type: ignore[no-any-return]  # the same type, text by text


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: _changed(getattr(value, f.name), change) for f in fields(value)}
        return replace(value, **parts)
    return value


def harmless(text: str) -> str:
    r"""The text without terminal escapes, and with `\x07` and its like spelt out."""
    text = _TERMINAL_ESCAPE.sub("", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character.isprintable() or character == "\n":
        return character
    return repr(character)[1:-1]


def first_lines(text: str, limit: int = MAX_LINES) -> str:
    """The beginning of the text, and how much was left out."""
    lines = text.rstrip("\n").split("\n")
    kept = [_shortened(line) for line in lines[:limit]]
    left_out = len(lines) - len(kept)
    return "\n".join([*kept, f"[{_lines(left_out)} left out]"] if left_out else kept)


def last_lines(text: str, limit: int = MAX_LINES) -> str:
    """The end of the text, and how much was left out before it."""
    lines = text.rstrip("\n").split("\n")
    kept = [_shortened(line) for line in lines[-limit:]]
    left_out = len(lines) - len(kept)
    return "\n".join([f"[{_lines(left_out)} before this left out]", *kept] if left_out else kept)


def _shortened(line: str) -> str:
    left_out = len(line) - MAX_LINE
    return line if left_out <= 0 else f"{line[:MAX_LINE]} [{left_out:,} characters left out]"


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count:,} lines"
