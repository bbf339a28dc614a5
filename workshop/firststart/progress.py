"""What the first start says while it works: a line for each deed, with its seconds."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["Line", "line", "say"]


class Line:
    """A line under way; in a terminal its seconds count up."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence
        self._start = time.monotonic()
        self._counts = sys.stderr.isatty()
        self._longest = 0
        _write(f"{sentence} … ")

    def tick(self, so_far: str = "") -> None:
        """Bring the line up to date: how far it came, such as `34 of 92`, and the seconds."""
        if self._counts:
            shown = ", ".join(filter(None, (so_far, f"{self._seconds} s")))
            self._longest = max(self._longest, len(shown))
            _write(f"\r{self._sentence} … {shown.ljust(self._longest)}")

    def done(self) -> None:
        """End the line with its seconds."""
        seconds = f"{self._seconds} s"
        if self._counts:
            seconds = f"\r{self._sentence} … {seconds.ljust(self._longest)}"
        _write(f"{seconds}\n")

    @property
    def _seconds(self) -> int:
        return round(time.monotonic() - self._start)


@contextmanager
def line(sentence: str) -> Iterator[Line]:
    """Show the sentence while the block runs."""
    shown = Line(sentence)
    try:
        yield shown
    except BaseException:
        _write("\n")
        raise
    shown.done()


def say(sentence: str) -> None:
    """Show a whole line."""
    _write(f"{sentence}\n")


def _write(text: str) -> None:
    # On the error stream, since `--json` has the other; not every stream can show the ellipsis.
    encoding = sys.stderr.encoding
    sys.stderr.write(text.encode(encoding, "replace").decode(encoding))
    sys.stderr.flush()
