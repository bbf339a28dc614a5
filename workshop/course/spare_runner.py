"""Runs tests in workers that were started before they were needed.

Python, pytest and the test files take longer to load than most tests take to run. So once a
verdict is out, spare workers load them for the next one, and wait. A worker that has run a
student's code is never used again, and a spare is thrown away if the tests have changed since it
read them.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from workshop.course.process_runner import run_in_workers
from workshop.course.runner import Job, TestRun
from workshop.course.worker_process import Worker

__all__ = ["RunCancelled", "SpareRunner"]

_KEPT = 4
"""Spare workers: two for a step's own tests, two for those of the steps before it."""

_Key = tuple[str, str, tuple[str, ...]]


class RunCancelled(Exception):  # noqa: N818 - nothing went wrong
    """Somebody called `cancel` while the jobs ran, so they have no result."""


@dataclass(frozen=True)
class _Spare:
    worker: Worker
    tests: Mapping[str, tuple[int, int]]


class SpareRunner:
    """A `Runner` with spare workers for the jobs that it ran last; safe for several threads.

    It is a context manager: leaving it ends all its workers. They also end when this process does.
    """

    def __init__(self) -> None:
        self._spares: list[_Spare] = []
        self._running: set[Worker] = set()
        self._last: Sequence[Job] = ()
        self._lock = threading.Lock()
        self._closed = False

    def run(self, jobs: Sequence[Job]) -> tuple[TestRun, ...]:
        """Run the first job's tests and, once they pass, those of the others; see `Runner`.

        Raises:
            RunCancelled: `cancel` or `close` was called meanwhile.
        """
        with self._lock:
            self._last = jobs
        return run_in_workers(jobs, self._hired)

    def prepare(self, job: Job, spares: int = 1) -> None:
        """Have so many spare workers for this job; those that have waited longest give way."""
        with self._lock:
            ready = sum(_key(spare.worker.job) == _key(job) for spare in self._spares)
            if self._closed or ready >= spares:
                return
            self._spares.append(_Spare(Worker(job), _files(job)))
            ousted, self._spares = self._spares[:-_KEPT], self._spares[-_KEPT:]
        for spare in ousted:
            spare.worker.end()

    def refill(self) -> None:
        """Have spare workers for the jobs that ran last; call it once their verdict is out.

        The first job gets two, for a save that comes at once after another.
        """
        with self._lock:
            jobs, self._last = self._last, ()
        for job in jobs:
            self.prepare(job)
        for job in jobs[:1]:
            self.prepare(job, 2)

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
            spares, self._spares = self._spares, []
        self.cancel()
        for spare in spares:
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

    @contextmanager
    def _hired(self, job: Job) -> Iterator[Worker]:
        worker = self._take(job) or Worker(job)
        with self._lock:
            self._running.add(worker)
        try:
            yield worker
        finally:
            worker.end()
            with self._lock:
                cancelled = worker not in self._running
                self._running.discard(worker)
        if cancelled:
            raise RunCancelled

    def _take(self, job: Job) -> Worker | None:
        with self._lock:
            found = [s for s in self._spares if _key(s.worker.job) == _key(job)][:1]
            self._spares = [spare for spare in self._spares if spare not in found]
        for spare in found:
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
