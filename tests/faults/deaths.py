"""How a process comes to die at a moment that is hard to hit from outside."""

import os
import signal
import sys

from tests.faults.stores import Store

__all__ = ["die_after_instructions", "die_at_byte"]


def die() -> None:
    """End this process at once, as if it were killed from outside."""
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def die_after_instructions(store: Store, count: int) -> None:
    """Die within a transaction of this thread, once SQLite has done about so many instructions."""
    left = iter(range(count))

    def one_less() -> int:
        if next(left, None) is None:
            die()
        return 0

    with store.transaction():
        store.connection.set_progress_handler(one_less, 1)


def die_at_byte(size: int) -> None:
    """Die while a file is written, as soon as it would become longer than so many bytes.

    The system writes what is up to there, and kills at the next byte. On Windows nothing happens.
    """
    if sys.platform != "win32":
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
