"""Only one set-up at a time, also when two are started at once."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["only_one"]

PAUSE = 0.2  # seconds between two tries


@contextmanager
def only_one(file: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock while the block runs; the operating system frees it when the process ends.

    Args:
        file: The lock; made if need be, and left behind.
        waiting: Called again and again while another process holds the lock.
    """
    with file.open("a", encoding="utf-8") as handle:
        while not _taken(handle):
            waiting()
            time.sleep(PAUSE)
        yield


def _taken(handle: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True  # a file system without locks: two starts at once are the lesser evil
    return True
