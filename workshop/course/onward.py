"""Where to go from a step: to the next one, the closing notebook, or an extra step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.course.manifest import Course, Step
from workshop.course.progress import StepProgress

__all__ = ["Ahead", "after_pass", "after_solution", "at_the_end", "to_go_on"]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a student may still do.

    Attributes:
        day: The steps of the day that are open, in their order.
        extras: The stretch steps that are open; they may be chosen in any order.
        closing: The notebook at the end of the day.
    """

    day: tuple[Step, ...]
    extras: tuple[Step, ...]
    closing: str

    @classmethod
    def of(cls, course: Course, progress: Mapping[str, StepProgress]) -> "Ahead":
        """What is open by the progress of the steps, which are named by their ids of today."""
        open_ = [s for s in course.steps if not progress.get(s.id, StepProgress()).done]
        return cls(
            day=tuple(step for step in open_ if not step.stretch),
            extras=tuple(step for step in open_ if step.stretch),
            closing=course.closing,
        )

    def beyond(self, step: Step) -> Step | None:
        """Where to go on without having passed a step of the day."""
        later = [s for s in self.day if s.number > step.number]
        return next(iter((*later, *self.extras)), None)


def after_pass(step: Step, ahead: Ahead) -> str:
    """What to do when a step has passed, or is left behind as passed."""
    if step.sequel:
        return f"`{step.sequel}` goes on from here. {_next(step, ahead)}"
    return _next(step, ahead)


def _next(step: Step, ahead: Ahead) -> str:
    later = [s for s in ahead.day if s.number > step.number]
    if later:
        return f"Next is step {later[0].number}: `workshop lab {later[0].number}`."
    if step.stretch and ahead.extras:
        return f"{_open(ahead.extras, 'Extra step {} is', 'Extra steps {} are', ' left')}."
    last = "That was the last of the extra steps. " if step.stretch else ""
    if ahead.day:
        still = _open(ahead.day, "Step {} of the day is", "Steps {} of the day are", " still open")
        return f"{last}{still}."
    if step.stretch:
        return f"{last}You have done all that there is: `workshop log` tells your day."
    return f"Every step of the day is done. {at_the_end(ahead)}"


def after_solution(step: Step, ahead: Ahead, *, passed: bool) -> str:
    """What to do after the solution was shown; `passed` if the student's own answer has."""
    if passed:
        return after_pass(step, ahead)
    action = f"Write it in your own words, then `workshop check {step.number}`."
    beyond = None if step.stretch else ahead.beyond(step)
    if beyond is not None and beyond.part == step.part:
        action += f" To go on with ours: `workshop catch-up {beyond.number}`."
    return action


def at_the_end(ahead: Ahead) -> str:
    """What to do when every step of the day is done."""
    action = f"Read `{ahead.closing}`."
    if not ahead.extras:
        return action
    return f"{action} Time left? {_open(ahead.extras, 'Step {} is', 'Steps {} are', ' extra')}."


def to_go_on(step: Step, file: str, ahead: Ahead, *, begun: bool) -> str:
    """How to do a step that has not passed, and how to go on all the same.

    Args:
        step: The step.
        file: The file that the student writes in for it.
        ahead: What is open, the step among it.
        begun: Whether the student has begun it.
    """
    read = f"Read `{step.notebook}`, write in `{file}` ({_lab(step)} opens both)"
    action = f"{f'Go on in `{file}`' if begun else read}, and run `workshop check {step.number}`."
    if step.stretch:
        others = tuple(other for other in ahead.extras if other != step)
        return f"{action} Or take another one: {_lab(others[0])}." if others else action
    beyond = ahead.beyond(step)
    if beyond is None:
        return f"{action} To go on without it, read `{ahead.closing}`."
    last = f", or read `{ahead.closing}`" if beyond.stretch else ""
    return (
        f"{action} To go on without it: `workshop catch-up {beyond.number}`{last}. "
        f"What is yours is kept."
    )


def _open(steps: Sequence[Step], one: str, more: str, what: str) -> str:
    """`Step 16 is extra: …`, or `Steps 16 and 17 are extra, in any order: …`."""
    numbers = [str(step.number) for step in steps]
    order = ", in any order" if len(steps) > 1 and steps[0].stretch else ""
    are = (one if len(steps) == 1 else more).format(_listed(numbers))
    return f"{are}{what}{order}: {_lab(steps[0])}"


def _listed(names: Sequence[str]) -> str:
    """`1`, `1 and 2`, `1, 2 and 3`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _lab(step: Step) -> str:
    return f"`workshop lab {step.number}`"
