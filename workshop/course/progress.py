"""How far a student is: a projection of the events of `progress_events`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from workshop.course.progress_events import (
    CaughtUp,
    ChangeUndone,
    HintTaken,
    SolutionShown,
    StepChecked,
    StepPassed,
    StepReset,
)
from workshop.eventsourcing import Event, StoredEvent

__all__ = ["StepProgress", "caught_up_to", "fold"]


@dataclass(frozen=True, slots=True)
class StepProgress:
    """How a step stands after the events so far.

    Attributes:
        state: `not started`, `started`, `caught up` or `passed`.
        attempts: Checks that found something wrong.
        hints: The highest hint that was taken.
        began_at: The first check or hint.
        passed_at: The first pass.
        latest_at: The latest event.
    """

    state: str = "not started"
    attempts: int = 0
    hints: int = 0
    began_at: datetime | None = None
    passed_at: datetime | None = None
    latest_at: datetime | None = None

    @property
    def minutes(self) -> float | None:
        """From the beginning to the first pass or, while there is none, to the latest event."""
        ended_at = self.passed_at or self.latest_at
        if self.began_at is None or ended_at is None:
            return None
        return (ended_at - self.began_at).total_seconds() / 60

    @property
    def done(self) -> bool:
        """Whether nobody has to come back to the step."""
        return self.state in ("passed", "caught up")

    def touched(self, at: datetime) -> "StepProgress":
        """Something happened to the step."""
        return replace(self, began_at=self.began_at or at, latest_at=at)


@dataclass(frozen=True, slots=True)
class _Before:
    """A step's state before a change; `unless_left` if it counts only while this is the state."""

    state: str
    unless_left: str | None


@dataclass
class _Fold:
    steps: dict[str, StepProgress] = field(default_factory=dict)
    before: dict[str, dict[str, "_Before"]] = field(default_factory=dict)
    """By backup: the steps that it changed, for when it is undone."""

    def of(self, step: str) -> StepProgress:
        return self.steps.get(step, StepProgress())

    def change(self, states: Mapping[str, str], backup: str | None, touched: Iterable[str]) -> None:
        """Set states, and remember those from before for when the change is undone."""
        steps = dict.fromkeys((*states, *touched))
        if backup is not None:
            self.before[backup] = {
                step: _Before(self.of(step).state, None if step in touched else states[step])
                for step in steps
            }
        for step, state in states.items():
            self.set_state(step, state)

    def undo(self, backup: str) -> None:
        """Bring the states back of all steps whose code came back, or that nothing befell since."""
        for step, before in self.before.pop(backup, {}).items():
            if before.unless_left is None or self.of(step).state == before.unless_left:
                self.set_state(step, before.state)

    def set_state(self, step: str, state: str) -> None:
        self.steps[step] = replace(self.of(step), state=state)

    def apply(self, event: Event, at: datetime) -> None:
        match event:
            case StepChecked(verdict="not started"):
                pass  # to look at a blank is no attempt
            case StepChecked(step=step, verdict="so far right"):
                self.steps[step] = replace(self.of(step).touched(at), state="started")
            case StepChecked(step=step):
                seen = self.of(step).touched(at)
                self.steps[step] = replace(seen, state="started", attempts=seen.attempts + 1)
            case StepPassed(step=step):
                seen = self.of(step).touched(at)
                self.steps[step] = replace(seen, state="passed", passed_at=seen.passed_at or at)
            case HintTaken(step=step, number=number):
                seen = self.of(step).touched(at)
                state = "started" if seen.state == "not started" else seen.state
                hints = max(seen.hints, number)
                self.steps[step] = replace(seen, state=state, hints=hints)
            case SolutionShown(step=step):
                self.steps[step] = self.of(step).touched(at)
            case CaughtUp(given=given, blanked=blanked, backup=backup, touched=touched):
                passed = {step for step in given if self.of(step).state == "passed"}
                states = {step: "passed" if step in passed else "caught up" for step in given}
                self.change(states | dict.fromkeys(blanked, "not started"), backup, touched)
            case StepReset(step=step, backup=backup, touched=touched):
                self.change({step: "not started"}, backup, touched)
            case ChangeUndone(backup=backup):
                self.undo(backup)


def caught_up_to(history: Iterable[StoredEvent[Event]]) -> str | None:
    """The step that the student last caught up to, by the id it was recorded under.

    A catch-up that was taken back does not count, nor does one since then that changed nothing.
    """
    reached: str | None = None
    before: dict[str, str | None] = {}
    for stored in history:
        match stored.event:
            case CaughtUp(step=step, backup=backup):
                if backup is not None:
                    before[backup] = reached
                reached = step
            case ChangeUndone(backup=backup):
                reached = before.pop(backup, reached)
    return reached


def fold(history: Iterable[StoredEvent[Event]]) -> dict[str, StepProgress]:
    """Every step's progress, by the id it was recorded under."""
    folded = _Fold()
    for stored in history:
        folded.apply(stored.event, stored.recorded_at)
    return folded.steps
