"""Runs tests in a process of its own, which may hang, crash, or print without end."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Literal

import msgspec

from workshop.course import wire
from workshop.course.blanks import python_files
from workshop.course.results import Location
from workshop.course.runner import Job, TestReport, TestRun

__all__ = ["ProcessRunner", "Worker", "run_in"]

_KEPT = 32_768
"""Bytes that are kept of what a test prints: the newest."""

_CHUNK = 65_536

_START_LIMIT = 30.0
"""Seconds that a worker may take to read the tests, on a machine that is very busy."""

_GRACE = 0.4
"""Seconds between the worker's own end at the limit and ours for it."""

_DRAIN = (1.0, 0.1)
"""Seconds to read the messages, and what was printed, after the end: a detached process may keep
the pipes open."""

_FRAME = re.compile(r'  File "(.+)", line (\d+) in ')


class ProcessRunner:
    """A new worker process for each job."""

    def run(self, job: Job) -> TestRun:
        """Run the job's tests; see `Runner`."""
        return run_in(Worker(job), job, time.monotonic())


def run_in(worker: "Worker", job: Job, started: float) -> TestRun:
    """Have a worker run the job that it was started for, and end it.

    Args:
        worker: The worker, which may have collected the tests already.
        job: The job.
        started: Since when the job's seconds count, by the monotonic clock.
    """
    try:
        if not worker.collected.wait(_START_LIMIT):
            return worker.report(job, timed_out=True)
        left = max(1.0, job.seconds - (time.monotonic() - started))
        worker.go(left)
        timed_out = not worker.wait(left + _GRACE)
    finally:
        worker.end()
    return worker.report(job, timed_out=timed_out)


class Worker:
    """A worker process for one job, with two threads that read what it says and what it prints.

    Attributes:
        collected: Set once the tests are known, or the process has ended.
        stale: Whether code of the student's ran before it was told to go.
    """

    def __init__(self, job: Job) -> None:
        self.collected = threading.Event()
        self.stale = False
        self._messages: list[wire.Message] = []
        self._stack: list[str] = []
        self._printed: dict[str, str] = {}
        self._process = subprocess.Popen(
            # -E and -P: neither a variable such as PYTHONOPTIMIZE nor a file `random.py` of the
            # student's beside `exercises` may change what Python is for the tests.
            [sys.executable, "-E", "-P", "-m", "workshop.course.worker"],
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

    def go(self, seconds: float) -> None:
        """Have the tests run, within so many seconds."""
        self._send(wire.Go(seconds))

    def may_be_used(self) -> bool:
        """Wait until it has read the tests; whether it will then run what was saved last."""
        self.collected.wait(_START_LIMIT)
        return not self.stale and self._process.poll() is None

    def _send(self, message: msgspec.Struct) -> None:
        with suppress(OSError):  # it died already; its exit code will tell
            pipe = _open(self._process.stdin)
            pipe.write(msgspec.json.encode(message) + b"\n")
            pipe.flush()

    def wait(self, seconds: float) -> bool:
        """Whether the process ended by itself in time."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

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
        """Kill it, and take leave of it."""
        self.kill()
        self._process.wait()
        with suppress(OSError):
            _open(self._process.stdin).close()
        for reader, seconds in zip(self._readers, _DRAIN, strict=True):
            reader.join(seconds)

    def report(self, job: Job, *, timed_out: bool) -> TestRun:
        """Put the messages together."""
        run = TestRun(ended="died", exit_code=self._process.returncode or 0)
        reports: list[TestReport] = []
        for message in self._messages:
            match message:
                case wire.Collected(counts):
                    run = msgspec.structs.replace(run, collected=counts)
                case wire.BrokenTests(text):
                    run = msgspec.structs.replace(run, broken_tests=run.broken_tests or text)
                case wire.Running(name):
                    run = msgspec.structs.replace(run, running=name)
                case wire.Ran(report):
                    tail = self._printed.get(f"{report.file}::{report.name}", "")
                    reports.append(msgspec.structs.replace(report, printed=tail))
                    run = msgspec.structs.replace(run, running=None)
                case wire.Done(replaced):
                    run = msgspec.structs.replace(run, replaced=replaced, ended="finished")
        complete = len(reports) == sum(run.collected.values())
        ended: Literal["finished", "timed out", "died"] = run.ended if complete else "died"
        if timed_out or self._stack:
            ended = "timed out"
        broken = run.broken_tests
        if ended == "died" and not run.collected:  # before any of the student's code ran
            broken = broken or self._printed.get("") or "pytest did not start"
        return msgspec.structs.replace(
            run,
            ended=ended,
            tests=tuple(reports),
            broken_tests=broken,
            looping_at=_own_line(self._stack, job),
        )

    def _read_messages(self) -> None:
        """Our messages are JSON; what else comes is the stack that faulthandler writes."""
        with _open(self._process.stdout) as pipe:
            for line in pipe:
                message = wire.decode(line)
                if message is None:
                    self._stack.append(line.decode(errors="replace"))
                    continue
                self._messages.append(message)
                if isinstance(message, wire.Collected):
                    self.stale = message.stale
                    self.collected.set()
        self.collected.set()

    def _read_printed(self) -> None:
        """Keep the end of what each test prints, and under no name what came before the first."""
        current = b"\n"
        with _open(self._process.stderr) as pipe:
            while chunk := os.read(pipe.fileno(), _CHUNK):
                *complete, current = (current + chunk).split(wire.START_OF_TEST)
                for part in complete:
                    self._keep(part)
                if len(current) > _CHUNK:
                    name, _, text = current.partition(b"\n")
                    current = name + b"\n" + text[-_KEPT:]
        self._keep(current)

    def _keep(self, part: bytes) -> None:
        name, _, text = part.decode(errors="replace").partition("\n")
        self._printed[name] = text[-_KEPT:].strip()


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("the worker was started without this pipe")
    return pipe


def _environment() -> dict[str, str]:
    """Ours, without what could change how pytest runs."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COV_"))}
    return kept | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def _own_line(stack: list[str], job: Job) -> Location | None:
    """The innermost line of the student's package in a stack that faulthandler wrote."""
    own = {
        _as_written(str(Path(job.package, name))): (f"{job.package}/{name}", path)
        for name, path in python_files(job.folder / job.package).items()
    }
    for frame in filter(None, map(_FRAME.match, stack)):
        for ending, (file, path) in own.items():
            if frame[1].endswith(os.sep + ending):
                line = int(frame[2])
                return Location(file=file, line=line, text=_line_of(path, line))
    return None


def _as_written(path: str) -> str:
    """A path as faulthandler writes it: in ASCII."""
    return path.encode("ascii", "backslashreplace").decode()


def _line_of(path: Path, number: int) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()[number - 1].strip()
    except (OSError, IndexError):
        return ""
