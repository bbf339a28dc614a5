"""Runs tests in a worker that was started before it was needed.

Python, pytest and the test files take longer to load than most tests take to run. So once a
verdict is out, a spare worker loads them for the next one, and waits. A worker that has run a
student's code is never used again, and a spare is thrown away if the tests have changed since it
read them.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from workshop.course.process_runner import Worker, run_in
from workshop.course.runner import Job, TestRun

__all__ = ["RunCancelled", "SpareRunner"]

_KEPT = 2
"""Spare workers: one for a step's own tests, one for those of the steps before it."""

_Key = tuple[str, str, tuple[str, ...]]


class RunCancelled(Exception):  # noqa: N818 - nothing went wrong
    """Somebody called `cancel` while the job ran, so it has no result."""


@dataclass(frozen=True)
class _Spare:
    worker: Worker
    tests: Mapping[str, tuple[int, int]]


class SpareRunner:
    """A `Runner` with spare workers for the jobs that it ran last; safe for several threads.

    It is a context manager: leaving it ends all its workers. They also end when this process does.
    """

    def __init__(self) -> None:
        self._spares: dict[_Key, _Spare] = {}
        self._running: set[Worker] = set()
        self._last: dict[_Key, Job] = {}
        self._lock = threading.Lock()
        self._closed = False

    def run(self, job: Job) -> TestRun:
        """Run the job's tests; see `Runner`.

        Raises:
            RunCancelled: `cancel` or `close` was called meanwhile.
        """
        started = time.monotonic()
        worker = self._take(job) or Worker(job)
        with self._lock:
            self._running.add(worker)
        try:
            run = run_in(worker, job, started)
        finally:
            with self._lock:
                cancelled = worker not in self._running
                self._running.discard(worker)
                self._last[_key(job)] = job
        if cancelled:
            raise RunCancelled
        return run

    def prepare(self, job: Job) -> None:
        """Have a spare worker for this job; the one that has waited longest gives way to it."""
        with self._lock:
            if self._closed or _key(job) in self._spares:
                return
            self._spares[_key(job)] = _Spare(Worker(job), _files(job))
            longest = [next(iter(self._spares))] if len(self._spares) > _KEPT else []
            ousted = [self._spares.pop(key) for key in longest]
        for spare in ousted:
            spare.worker.end()

    def refill(self) -> None:
        """Have spare workers for the jobs that ran last; call it once their verdict is out."""
        with self._lock:
            jobs, self._last = list(self._last.values()), {}
        for job in jobs:
            self.prepare(job)

    def cancel(self) -> None:
        """End the workers that are running tests; those who wait for them get `RunCancelled`."""
        with self._lock:
            running, self._running = self._running, set()
        for worker in running:
            worker.kill()

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            self._closed = True
            spares, self._spares = self._spares, {}
        self.cancel()
        for spare in spares.values():
            spare.worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _take(self, job: Job) -> Worker | None:
        with self._lock:
            spare = self._spares.pop(_key(job), None)
        if spare is None:
            return None
        if spare.worker.may_be_used() and spare.tests == _files(job):
            return spare.worker
        spare.worker.end()
        return None


def _key(job: Job) -> _Key:
    return job.root, job.package, job.test_files


def _files(job: Job) -> Mapping[str, tuple[int, int]]:
    """What a worker reads before any code of the student's: each file's time and size."""
    folder = job.folder / "exercises"
    found = {}
    for file in (*folder.glob("*.py"), folder / "pytest.ini"):
        try:
            status = file.stat()
        except OSError:
            continue
        found[file.name] = (status.st_mtime_ns, status.st_size)
    return found
