"""A worker as its parent sees it: a process that may hang, crash, or print without end."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from workshop.course import wire
from workshop.course.runner import Job, TestRun
from workshop.course.transcript import Transcript

__all__ = ["Worker"]

_CHUNK, _SMALL = 65_536, 2048

_START_LIMIT = 30.0
"""Seconds that a worker may take to read the tests, on a machine that is very busy."""

_GRACE = 0.4
"""Seconds between the worker's own end at the limit and ours for it."""

_DRAIN = (1.0, 0.1)
"""Seconds to read the messages, and what was printed, after the end: a detached process may keep
the pipes open."""

_LOOK = 0.05
"""Seconds between two looks at a process whose pipe a detached one may keep open."""

_NAP = 0.002
"""Seconds that a reader lets gather what comes in small pieces: waking costs more than reading."""

_MEMORY = Path("/dev/shm")
_ENOUGH = 256 * 1024 * 1024


class Worker:
    """A worker process for one job, with two threads that read what it says and what it prints."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._deadline = 0.0
        self._over = False
        self._folder = _folder_for_tests()
        self._transcript = Transcript()
        self._news = threading.Condition()
        self._process = subprocess.Popen(
            # -E and -P: neither a variable such as PYTHONOPTIMIZE nor a file `random.py` of the
            # student's beside `exercises` may change what Python is for the tests.
            [sys.executable, "-E", "-P", "-m", "workshop.course.worker", str(self._folder)],
            cwd=job.folder,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._readers = [
            threading.Thread(target=self._read_messages, daemon=True),
            threading.Thread(target=self._read_printed, daemon=True),
        ]
        for reader in self._readers:
            reader.start()
        self._send(job)

    def may_be_used(self) -> bool:
        """Wait until it has read the tests; whether it will then run what was saved last."""
        self._wait_for(lambda: self._transcript.collected is not None, _START_LIMIT)
        return not self._transcript.stale and self._process.poll() is None

    def go(self, seconds: float, since: float) -> None:
        """Have the tests run, once it has read them.

        Args:
            seconds: How long all of it may take.
            since: From when on, by the monotonic clock.
        """
        ready = self._wait_for(lambda: self._transcript.collected is not None, _START_LIMIT)
        now = time.monotonic()
        left = max(1.0, seconds - (now - since))
        self._deadline = now + (left + _GRACE if ready else 0.0)
        self._send(wire.Go(left))

    def goes_well(self) -> bool:
        """Wait until half of the tests have passed, or it will not come to that; whether it has."""
        said = self._transcript
        self._wait_for(lambda: said.failed or said.half_passed, self._left())
        return said.half_passed

    def finish(self) -> TestRun:
        """Wait until the tests have run, and end it."""
        in_time = self._wait_for(lambda: self._transcript.done, self._left())
        if in_time:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_GRACE)  # it ends by itself, which says more than our killing it
        self.end()
        code = self._process.returncode or 0
        return self._transcript.as_run(self.job, code, timed_out=not in_time)

    def kill(self) -> None:
        """Kill the process and whatever it started; who waits for it goes on."""
        if os.name == "nt":
            if self._process.poll() is None:
                tree = ["taskkill", "/F", "/T", "/PID", str(self._process.pid)]
                subprocess.run(tree, capture_output=True, check=False)
        else:
            with suppress(ProcessLookupError, PermissionError):  # nobody is left in the group
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill it, and take leave of it, unless that was done."""
        if self._over:
            return
        self._over = True
        self.kill()
        self._process.wait()
        with suppress(OSError):
            _open(self._process.stdin).close()
        for reader, seconds in zip(self._readers, _DRAIN, strict=True):
            reader.join(seconds)
        if self._folder.exists():
            threading.Thread(target=shutil.rmtree, args=[self._folder, True]).start()

    def _left(self) -> float:
        return max(0.0, self._deadline - time.monotonic())

    def _wait_for(self, known: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is known, or the process has ended; whether that was in time."""
        until = time.monotonic() + seconds
        with self._news:
            while not self._news.wait_for(known, min(_LOOK, max(0.0, until - time.monotonic()))):
                if self._process.poll() is not None:
                    return True
                if time.monotonic() >= until:
                    return False
        return True

    def _send(self, message: msgspec.Struct) -> None:
        with suppress(OSError):  # it died already; its exit code will tell
            pipe = _open(self._process.stdin)
            pipe.write(msgspec.json.encode(message) + b"\n")
            pipe.flush()

    def _read_messages(self) -> None:
        rest = b""
        for chunk in _chunks(_open(self._process.stdout)):
            *lines, rest = (rest + chunk).split(b"\n")
            with self._news:
                for line in lines:
                    self._transcript.hear(line + b"\n")
                self._news.notify_all()

    def _read_printed(self) -> None:
        for chunk in _chunks(_open(self._process.stderr)):
            self._transcript.print(chunk)


def _chunks(pipe: IO[bytes]) -> Iterator[bytes]:
    """What comes through a pipe, not in every small piece that it comes in."""
    with pipe:
        while chunk := os.read(pipe.fileno(), _CHUNK):
            yield chunk
            if len(chunk) < _SMALL:
                time.sleep(_NAP)


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("the worker was started without this pipe")
    return pipe


def _environment() -> dict[str, str]:
    """Ours, without what could change how pytest runs."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COV_"))}
    return kept | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def _folder_for_tests() -> Path:
    """Where the tests may make files of their own; nothing is there yet.

    In memory, where the system has a place for that: a database in there waits for no disk.
    """
    try:
        in_memory = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH
    except OSError:
        in_memory = False
    place = _MEMORY if in_memory else Path(tempfile.gettempdir())
    return place / f"workshop-{secrets.token_hex(8)}"
