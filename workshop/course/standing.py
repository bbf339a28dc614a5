"""Where a student stands: the record of the day, held against the course as it is today."""

from collections.abc import Mapping

from workshop.course.advice import offer
from workshop.course.hint_offer import is_stuck
from workshop.course.journal import Journal
from workshop.course.manifest import Course, Step
from workshop.course.onward import Ahead
from workshop.course.progress import StepProgress, caught_up_to, fold
from workshop.course.results import StepStatus

__all__ = ["Standing"]


class Standing:
    """What can be asked of the day so far; every answer is of the moment of asking."""

    def __init__(self, course: Course, journal: Journal) -> None:
        self._course = course
        self._journal = journal

    def progress(self) -> Mapping[str, StepProgress]:
        """Progress by the ids that steps have today; what the course no longer has is left out."""
        found: dict[str, StepProgress] = {}
        for recorded, progress in fold(self._journal.history()).items():
            step = self._course.step_by_id(recorded)
            if step is not None and (recorded == step.id or step.id not in found):
                found[step.id] = progress
        return found

    def of(self, step: Step) -> StepProgress:
        """How far a step is."""
        return self.progress().get(step.id, StepProgress())

    def ahead(self) -> Ahead:
        """What is still open."""
        return Ahead.of(self._course, self.progress())

    def current_step(self) -> Step | None:
        """The first step of the day that is neither passed nor caught up; `None` after the last.

        Who has caught up goes on from there, and comes back at the end to what was left open.
        That is also so for who has caught up to a stretch step.
        """
        ahead = self.ahead()
        reached = self._course.step_by_id(caught_up_to(self._journal.history()) or "")
        if reached is None:
            return next(iter(ahead.day), None)
        if reached in ahead.extras:
            return reached
        return next(iter((*(s for s in ahead.day if s.number >= reached.number), *ahead.day)), None)

    def stretch_step(self) -> Step | None:
        """The open stretch step that the student was at last, or else the first one."""
        extras, progress = self.ahead().extras, self.progress()
        began = {e.id: p.latest_at for e in extras if (p := progress.get(e.id))}
        latest = max(filter(None, began.values()), default=None)
        at_last = (e for e in extras if latest and began.get(e.id) == latest)
        return next(at_last, next(iter(extras), None))

    def offered_hint(self, step: Step) -> str:
        """The offer of a hint, where it is time for one."""
        if not is_stuck(self._journal.history(), (step.id, *step.aliases)):
            return ""
        return offer(step, self.of(step).hints)

    def statuses(self) -> tuple[StepStatus, ...]:
        """How every step stands, as results."""
        progress = self.progress()
        return tuple(
            _status(step, progress.get(step.id, StepProgress())) for step in self._course.steps
        )

    def with_title(self, line: str) -> str:
        """A line of the log, with the step's number and title in place of its id."""
        before, bracket, rest = line.partition("[")
        id_, _, after = rest.partition("]")
        step = self._course.step_by_id(id_)
        if not bracket or step is None:
            return line
        return f"{before}step {step.number}, {step.title}{after}"


def _status(step: Step, progress: StepProgress) -> StepStatus:
    return StepStatus(
        step=step.ref,
        state=progress.state,
        minutes=step.minutes,
        attempts=progress.attempts,
        hints=progress.hints,
        spent_minutes=progress.minutes,
        stretch=step.stretch,
    )
