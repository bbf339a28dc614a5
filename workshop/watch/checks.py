"""Checks in a thread of their own, so that keys are answered while one runs."""

import threading
import time
from collections.abc import Callable

from workshop.course.errors import CourseError
from workshop.course.results import CheckResult, Passed
from workshop.course.runner import Job
from workshop.course.session import Session
from workshop.course.spare_runner import RunCancelled, SpareRunner
from workshop.views import Problem, Shown

__all__ = ["Checks"]


class Checks:
    """Answers the last check that was wanted; one that still runs for an older one is ended."""

    def __init__(
        self, session: Session, runner: SpareRunner, tell: Callable[[Shown, float], None]
    ) -> None:
        self._session = session
        self._runner = runner
        self._tell = tell
        self._news = threading.Condition()
        self._wanted: tuple[int, float] | None = None
        self._stopped = False
        self._thread = threading.Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def want(self, step: int) -> None:
        """Check this step now, whatever else is being checked."""
        with self._news:  # or the older one might be ended late, and this one in its place
            self._runner.cancel()
            self._wanted = (step, time.monotonic())
            self._news.notify()

    def stop(self) -> None:
        """End the check that runs, and answer no more."""
        with self._news:
            self._stopped = True
            self._news.notify()
        self._runner.close()
        self._thread.join()

    def _work(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._wanted is not None or self._stopped)
                if self._stopped or self._wanted is None:
                    return
                (step, since), self._wanted = self._wanted, None
            try:
                shown: Shown = self._session.check(step)
            except RunCancelled:
                continue
            except CourseError as error:
                shown = Problem(sentence=str(error))
            self._tell(shown, time.monotonic() - since)
            self._runner.refill()
            if isinstance(shown, CheckResult) and isinstance(shown.verdict, Passed):
                self._prepare_what_comes_next(step)

    def _prepare_what_comes_next(self, number: int) -> None:
        """Its own tests are enough: those of the steps before it are for who is nearly done."""
        following = self._session.step_after(self._session.step(number))
        jobs: list[Job] = []
        self._session.prepare(jobs.append, following.number)
        self._runner.prepare(jobs[0])
