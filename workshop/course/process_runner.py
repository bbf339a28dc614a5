"""Runs tests in processes of their own: the first job's and, as that goes well, the others'."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager

from workshop.course.runner import Job, TestRun
from workshop.course.worker_process import Worker

__all__ = ["ProcessRunner", "run_in_workers"]


class ProcessRunner:
    """A new worker process for each job."""

    def run(self, jobs: Sequence[Job]) -> tuple[TestRun, ...]:
        """Run the first job's tests and, once they pass, those of the others; see `Runner`."""
        return run_in_workers(jobs, _new_worker)


def run_in_workers(
    jobs: Sequence[Job], hire: Callable[[Job], AbstractContextManager[Worker]]
) -> tuple[TestRun, ...]:
    """Run the first job's tests and, once half of them have passed, those of the others beside it.

    An answer that is wrong has shown it by then, more often than not, and one that is right does
    not wait for them one after the other.

    Args:
        jobs: The jobs.
        hire: Gives a job a worker, and ends that in the end.
    """
    with ExitStack() as hired:
        first, *rest = jobs
        since = time.monotonic()
        ahead = hired.enter_context(hire(first))
        ahead.go(first.seconds, since)
        others = []
        if rest and ahead.goes_well():
            since = time.monotonic()
            others = [hired.enter_context(hire(job)) for job in rest]
            for worker, job in zip(others, rest, strict=True):
                worker.go(job.seconds, since)
        run = ahead.finish()
        return (run, *(worker.finish() for worker in others)) if run.passed else (run,)


@contextmanager
def _new_worker(job: Job) -> Iterator[Worker]:
    worker = Worker(job)
    try:
        yield worker
    finally:
        worker.end()
