"""A command that runs beside this process, and is never left behind."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

__all__ = ["Command", "hang_up_is_control_c"]

PATIENCE = 15.0  # seconds for a command to end after it was asked to


class Command:
    """A command in a process group of its own: this terminal's Ctrl-C is ours to pass on.

    Args:
        arguments: The program and its options.
        folder: Where it runs.
        environment: Its environment variables.
        log: The file that keeps what it says, on both of its streams.
    """

    def __init__(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path
    ) -> None:
        self._log = log
        apart: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                arguments,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                **apart,
            )

    @property
    def exit_code(self) -> int | None:
        """The exit code; `None` while it runs."""
        return self._process.poll()

    def said(self) -> str:
        """What it said so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def give_time_to_end(self) -> None:
        """Wait until it ends by itself, but not for long."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=PATIENCE)

    def stop(self) -> None:
        """End it and all that it started, first as Ctrl-C does."""
        if sys.platform == "win32":
            # A console's Ctrl-C cannot be sent to one group alone; the tree can be ended.
            tree = ["taskkill", "/T", "/F", "/PID", str(self._process.pid)]
            subprocess.run(tree, capture_output=True, check=False)
            self._process.wait()
            return
        try:
            _signal_group(self._process, signal.SIGINT)
            self.give_time_to_end()
        finally:  # also after a second Ctrl-C
            _signal_group(self._process, signal.SIGKILL)
            self._process.wait()


def _signal_group(process: "subprocess.Popen[bytes]", number: int) -> None:
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):  # macOS: not permitted if all are gone
            os.killpg(process.pid, number)


@contextmanager
def hang_up_is_control_c() -> Iterator[None]:
    """While the block runs, a closed terminal and `kill` unwind as Ctrl-C does."""
    names = ("SIGHUP", "SIGTERM")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []  # Python lets no other thread do it

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
