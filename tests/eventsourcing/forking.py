"""Processes that a test forks: each runs an action, and tells how it ended."""

import os
import sys
from collections.abc import Callable


def fork() -> int:
    if sys.platform == "win32":
        raise OSError("Windows has no fork")
    return os.fork()


class Child:
    """A forked process that runs an action, and tells how it ended."""

    def __init__(self, action: Callable[[], object]) -> None:
        reading, writing = os.pipe()
        self._reading, self._pid = reading, fork()
        if self._pid == 0:
            try:
                outcome = repr(action())
            except BaseException as error:
                outcome = f"{type(error).__name__}: {error}"
            os.write(writing, outcome.encode())
            os._exit(0)
        os.close(writing)

    def outcome(self) -> str:
        with os.fdopen(self._reading, encoding="utf-8") as pipe:
            outcome = pipe.read()
        os.waitpid(self._pid, 0)
        return outcome
