"""Starting offices and readers, and ending them, gently and not."""

import subprocess
import sys

from exercises.two_offices.failures import ROOT, EndedError

__all__ = ["Processes"]

LIMIT = 120  # seconds to end what it is at


class Processes:
    """Starts offices and readers. None of them outlives the block, however it ends."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._running: dict[str, subprocess.Popen[str]] = {}

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self._running):
            self.kill(name)

    def start(self, what: str, name: str) -> None:
        """Start an office that will `write`, or a reader that will `read`."""
        self._running[name] = subprocess.Popen(
            [sys.executable, "-m", "exercises.two_offices", what, name, self._dsn],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def kill(self, name: str) -> None:
        """End it on the spot, as a power cut would: it cannot do anything about it."""
        process = self._running.pop(name)
        process.kill()
        process.communicate()

    def stop(self, name: str) -> str:
        """Let it end what it is at, and give its last words.

        Raises:
            EndedError: It failed; the message has its last words.
        """
        process = self._running[name]
        said, _ = process.communicate("stop\n", timeout=LIMIT)
        del self._running[name]
        if process.returncode:
            raise EndedError(f"{name} could not go on. {said.strip()}")
        return said

    def insist(self) -> None:
        """See that all that were started still run.

        Raises:
            EndedError: One has ended by itself; the message has its last words.
        """
        for name, process in list(self._running.items()):
            if process.poll() is not None:
                raise EndedError(f"{name} has ended by itself. {self.stop(name)}")
