"""Reads single keys from the terminal, on POSIX and on Windows."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["keys"]

_BETWEEN = 0.05
"""Seconds after which it is seen that nobody wants keys any more."""


@contextmanager
def keys(tell: Callable[[str], None]) -> Iterator[None]:
    """Tell of each key as it is pressed, for as long as the block lasts, and show none of them.

    Ctrl-C still interrupts. Where standard input is no terminal, nothing is told.
    """
    if not sys.stdin.isatty():
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_read, args=(tell, stop), daemon=True)
    with _unbuffered():
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def _unbuffered() -> Iterator[None]:
        yield

    def _read(tell: Callable[[str], None], stop: threading.Event) -> None:
        while not stop.wait(_BETWEEN):
            while msvcrt.kbhit():
                key = msvcrt.getwch()
                if key in "\x00\xe0":  # an arrow or a function key: its code follows
                    msvcrt.getwch()
                    continue
                tell(key)
else:
    import select
    import termios
    import tty

    @contextmanager
    def _unbuffered() -> Iterator[None]:
        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)
        tty.setcbreak(terminal)
        try:
            yield
        finally:
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)

    def _read(tell: Callable[[str], None], stop: threading.Event) -> None:
        terminal = sys.stdin.fileno()
        while not stop.is_set():
            if not select.select([terminal], [], [], _BETWEEN)[0]:
                continue
            pressed = os.read(terminal, 64).decode(errors="replace")
            if not pressed:  # the terminal is gone
                return
            if not pressed.startswith("\x1b"):  # an arrow or a function key
                for key in pressed:
                    tell(key)
