"""One screen that is drawn again and again, and its linear twin for screen readers and logs."""

from collections.abc import Sequence
from typing import Protocol

from rich.console import Console
from rich.segment import Segment, Segments
from rich.text import Text

from .as_plain import as_plain
from .as_rich import RichDocument
from .describe import Shown
from .symbols import encodable

__all__ = ["FullScreen", "LinearScreen", "Screen"]

_TAIL = 2
"""The last lines of a result say what to do next, and stay when it is too long for the screen."""


class Screen(Protocol):
    """Where `workshop watch` shows its results."""

    def show(self, shown: Shown, status: str | None = None) -> None:
        """Show a result in place of the last one, with a new status if there is one."""

    def more(self) -> None:
        """Show what did not fit."""

    def say(self, status: str) -> None:
        """Say what goes on."""


class FullScreen:
    """The whole terminal, given back as it was; use it as a context manager."""

    def __init__(self, keys: str, console: Console | None = None) -> None:
        self._keys = keys
        self._console = console or Console(highlight=False)
        self._shown: Shown | None = None
        self._first = 0
        self._status = ""

    def __enter__(self) -> "FullScreen":
        self._console.set_alt_screen(True)
        self._console.show_cursor(False)
        return self

    def __exit__(self, *_: object) -> None:
        self._console.show_cursor(True)
        self._console.set_alt_screen(False)

    def show(self, shown: Shown, status: str | None = None) -> None:
        """Show a result from its beginning."""
        self._shown, self._first = shown, 0
        self._status = self._status if status is None else status
        self._draw()

    def more(self) -> None:
        """Show the next page; after the last one, the first."""
        self._first += self._room if self._first else self._head
        self._draw()

    def say(self, status: str) -> None:
        """Say it above the keys, which are the last line."""
        self._status = status
        self._draw()

    @property
    def _room(self) -> int:
        return max(3, self._console.height - 3)

    @property
    def _head(self) -> int:
        """How many lines of a result that is too long come before its last ones."""
        return max(1, self._room - 1 - _TAIL)

    def _draw(self) -> None:
        lines = self._lines()
        with self._console:  # one write, so that nothing flickers
            self._console.clear()
            for line in (*lines, *([] for _ in range(self._room - len(lines)))):
                self._console.print(Segments([*line, Segment.line()]), end="")
            self._console.print(Text(self._status), no_wrap=True, overflow="ellipsis")
            self._console.print(Text(self._keys), no_wrap=True, overflow="ellipsis", end="")

    def _lines(self) -> Sequence[list[Segment]]:
        if self._shown is None:
            return []
        options = self._console.options.update(height=None)
        lines = self._console.render_lines(RichDocument(self._shown), options, pad=False)
        if len(lines) <= self._room:
            return lines
        if self._first >= len(lines):
            self._first = 0
        if self._first:
            return lines[self._first : self._first + self._room]
        hidden = len(lines) - self._head - _TAIL
        return [*lines[: self._head], [Segment(f"({hidden} more lines: space)")], *lines[-_TAIL:]]


class LinearScreen:
    """Lines one after the other: nothing is drawn over, nothing needs colour."""

    def __init__(self, keys: str, width: int, encoding: str) -> None:
        self._width = width
        self._encoding = encoding
        self.say(keys)

    def show(self, shown: Shown, status: str | None = None) -> None:
        """Print the whole result, and then the status."""
        print(as_plain(shown, self._width, self._encoding), flush=True)  # noqa: T201
        print(flush=True)  # noqa: T201
        if status is not None:
            self.say(status)

    def more(self) -> None:
        """Everything is there already."""

    def say(self, status: str) -> None:
        """Print what goes on."""
        print(encodable(status, self._encoding), flush=True)  # noqa: T201
