"""Notices what is saved, by looking.

A few dozen files are looked at some fifty times a second, which costs less than a hundredth of a
processor. Looking works where events of the operating system do not come: on network file systems,
across the border of WSL, with editors that write a new file and rename it.
"""

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

__all__ = ["Saves"]

_BETWEEN = 0.02
"""Seconds between two looks."""

_SHARE = 20
"""How many times longer than a look the pause after it is at least: a slow network is spared."""

_Stamp = tuple[int, int, int]


class Saves:
    """Tells of each save of a Python file below some folders, from a thread of its own."""

    def __init__(self, folders: tuple[Path, ...], tell: Callable[[Path], None]) -> None:
        self._folders = folders
        self._tell = tell
        self._seen = self._look()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Begin to look; what was saved before is not told."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        unsettled: Mapping[Path, _Stamp] | None = None
        pause = _BETWEEN
        while not self._stop.wait(pause):
            began = time.monotonic()
            now = self._look()
            pause = max(_BETWEEN, _SHARE * (time.monotonic() - began))
            # An editor may empty a file before it writes it: what has settled counts.
            if now == self._seen:
                unsettled = None
            elif now == unsettled:
                changed = [path for path in now if now[path] != self._seen.get(path)]
                gone = [path for path in self._seen if path not in now]
                self._seen, unsettled = now, None
                self._tell((changed or gone)[0])
            else:
                unsettled = now

    def _look(self) -> Mapping[Path, _Stamp]:
        found = {}
        for folder in self._folders:
            for path in folder.rglob("*.py"):
                try:
                    status = path.stat()
                except OSError:  # it is being replaced
                    continue
                found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
        return found
