"""When a hint is offered: a projection of the events of `progress_events`.

A hint may be taken at any time. It is offered when somebody may be stuck, and before that it would
only be in the way of thinking.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from workshop.course.progress_events import (
    CaughtUp,
    HintTaken,
    SolutionShown,
    StepChecked,
    StepPassed,
    StepReset,
)
from workshop.eventsourcing import Event, StoredEvent

__all__ = ["is_stuck"]

_FAILED_CHECKS = 3  # the third thought is the one to help with
_WORK = timedelta(minutes=10)
_BREAK = timedelta(minutes=30)
"""Who is away for longer had lunch, or a talk to listen to, and was not at work."""


def is_stuck(history: Iterable[StoredEvent[Event]], ids: Collection[str]) -> bool:
    """Whether it is time to offer the next hint of a step.

    That is after the third failed check in a row, or after ten minutes of work; both count from
    the last hint. What Python cannot read is no failed check here, since no hint helps with it.

    Args:
        history: All events; the last one is the check that has been made now.
        ids: What the step was ever called.
    """
    work = _Work()
    for stored in history:
        work.apply(stored.event, stored.recorded_at, ids)
    return work.failed >= _FAILED_CHECKS or work.spent >= _WORK


class _Work:
    """What was done on a step since the last hint, or since it was begun."""

    def __init__(self) -> None:
        self.failed = 0
        self.spent = timedelta()
        self._began = False
        self._latest: datetime | None = None

    def apply(self, event: Event, at: datetime, ids: Collection[str]) -> None:
        since = at - (self._latest or at)
        self._latest = at  # also of other steps: their time is not this one's
        match event:
            case StepChecked(step=step, verdict=verdict) if step in ids:
                if self._began and since < _BREAK:
                    self.spent += since
                self._began = True
                self._count(verdict)
            case HintTaken(step=step) | SolutionShown(step=step) if step in ids:
                self._start_anew(began=True)
            case StepPassed(step=step) | StepReset(step=step) | CaughtUp(step=step) if step in ids:
                self._start_anew(began=False)

    def _count(self, verdict: str) -> None:
        if verdict in ("failed", "timed out"):
            self.failed += 1
        elif verdict == "so far right":
            self.failed = 0

    def _start_anew(self, *, began: bool) -> None:
        self.failed, self.spent, self._began = 0, timedelta(), began
