"""Processes that can be killed, and that say what they do until then."""

import multiprocessing
import sys
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["LIMIT", "Process"]

LIMIT = 120  # seconds that anything may take which takes a quick machine far less

# Forked from a server that has done nothing yet, where there is fork: it takes a few milliseconds.
if sys.platform == "win32":
    _CONTEXT = multiprocessing.get_context("spawn")
else:
    _CONTEXT = multiprocessing.get_context("forkserver")
    _CONTEXT.set_forkserver_preload(["tests.faults.follower", "tests.faults.on_postgres"])


class Process:
    """A process that runs `function(*arguments, wire)`, and speaks to us through the wire.

    It ends when the function does, when it is killed, or when it speaks and nobody is there.
    """

    def __init__(self, function: Callable[..., None], *arguments: Any) -> None:
        self.wire, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=function, args=(*arguments, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def hear(self, at_most: float = float("inf")) -> Iterator[Any]:
        """Yield what it says, until it has ended or has said so many things."""
        heard = 0
        while heard < at_most:
            if not self.wire.poll(LIMIT):
                raise TimeoutError(f"process {self._process.pid} has nothing to say any more")
            try:
                said = self.wire.recv()
            except (EOFError, ConnectionResetError):
                return
            yield said
            heard += 1

    def kill(self) -> None:
        """End it at once, wherever it is; what it said before can still be heard."""
        self._process.kill()

    def end(self) -> int | None:
        """Wait until it has ended, and tell its exit code, which is negative if it was killed."""
        self._process.join(LIMIT)
        self.wire.close()
        return self._process.exitcode
