"""What a worker process has said and printed, put together."""

import os
import re
from pathlib import Path
from typing import Literal

import msgspec

from workshop.course import wire
from workshop.course.blanks import python_files
from workshop.course.location import Location
from workshop.course.runner import Job, TestReport, TestRun

__all__ = ["Transcript"]

_KEPT = 32_768
"""Bytes that are kept of what a test prints: the newest."""

_FRAME = re.compile(r'  File "(.+)", line (\d+) in ')


class Transcript:
    """Grows while a worker runs.

    Attributes:
        collected: How many tests each file has; `None` until the worker has read them.
        stale: Whether code of the student's ran before the worker was told to go.
        failed: Whether a test has failed.
        done: Whether all tests came to their end.
    """

    def __init__(self) -> None:
        self.collected: dict[str, int] | None = None
        self.stale = False
        self.failed = False
        self.done = False
        self._reports: list[TestReport] = []
        self._running: str | None = None
        self._broken: str | None = None
        self._replaced: tuple[str, ...] = ()
        self._stack: list[str] = []
        self._printed: dict[str, str] = {}
        self._printing = b"\n"

    @property
    def half_passed(self) -> bool:
        """Whether half of the tests have passed, and none has failed."""
        total = sum((self.collected or {}).values())
        return not self.failed and 0 < total <= 2 * len(self._reports)

    def hear(self, line: bytes) -> None:
        """Take in a line: a message of ours, or else the stack that faulthandler writes."""
        match wire.decode(line):
            case None:
                self._stack.append(line.decode(errors="replace"))
            case wire.Collected(counts, stale):
                self.collected, self.stale = counts, stale
            case wire.BrokenTests(text):
                self._broken = self._broken or text
            case wire.Running(name):
                self._running = name
            case wire.Ran(report):
                self._reports.append(report)
                self._running = None
                self.failed = self.failed or report.error is not None
            case wire.Done(replaced):
                self._replaced, self.done = replaced, True

    def print(self, chunk: bytes) -> None:
        """Keep the end of what each test prints, and under no name what came before the first."""
        *complete, current = (self._printing + chunk).split(wire.START_OF_TEST)
        for part in complete:
            self._keep(part)
        if len(current) > 2 * _KEPT:
            name, _, text = current.partition(b"\n")
            current = name + b"\n" + text[-_KEPT:]
        self._printing = current

    def as_run(self, job: Job, exit_code: int, *, timed_out: bool) -> TestRun:
        """All of it, once the process has ended."""
        self._keep(self._printing)
        counts = self.collected or {}
        complete = self.done and len(self._reports) == sum(counts.values())
        ended: Literal["finished", "timed out", "died"] = "finished" if complete else "died"
        if timed_out or self._stack:
            ended = "timed out"
        broken = self._broken
        if ended == "died" and not counts:  # before any of the student's code ran
            broken = broken or self._printed.get("") or "pytest did not start"
        return TestRun(
            ended=ended,
            collected=counts,
            tests=tuple(map(self._with_printed, self._reports)),
            running=self._running,
            looping_at=_own_line(self._stack, job),
            broken_tests=broken,
            replaced=self._replaced,
            exit_code=exit_code,
        )

    def _with_printed(self, report: TestReport) -> TestReport:
        tail = self._printed.get(f"{report.file}::{report.name}", "")
        return msgspec.structs.replace(report, printed=tail) if tail else report

    def _keep(self, part: bytes) -> None:
        name, _, text = part.decode(errors="replace").partition("\n")
        self._printed[name] = text[-_KEPT:].strip()


def _own_line(stack: list[str], job: Job) -> Location | None:
    """The innermost line of the student's package in a stack that faulthandler wrote."""
    own = {
        _as_written(str(Path(job.package, name))): (f"{job.package}/{name}", path)
        for name, path in (python_files(job.folder / job.package) if stack else {}).items()
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
