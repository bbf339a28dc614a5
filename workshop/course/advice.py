"""What a verdict is called, and what to do next: one sentence, its commands in backticks."""

from typing import assert_never

from workshop.course.manifest import Step
from workshop.course.onward import Ahead, after_pass
from workshop.course.results import (
    Crashed,
    EarlierStepBroke,
    Failed,
    ImportProblem,
    NotStarted,
    Passed,
    SoFarRight,
    SyntaxProblem,
    TimedOut,
    Verdict,
)

__all__ = ["after_check", "after_hint", "name_of", "offer"]

_HINTS_HELP = (NotStarted, SoFarRight, Failed, TimedOut)


def name_of(verdict: Verdict) -> str:
    """What the record of the day calls a verdict."""
    match verdict:
        case NotStarted():
            return "not started"
        case SoFarRight():
            return "so far right"
        case SyntaxProblem():
            return "syntax error"
        case ImportProblem():
            return "import error"
        case Failed():
            return "failed"
        case EarlierStepBroke():
            return "an earlier step broke"
        case TimedOut():
            return "timed out"
        case Crashed():
            return "crashed"
        case Passed():
            return "passed"
    assert_never(verdict)


def after_check(verdict: Verdict, step: Step, file: str, ahead: Ahead, help_: str) -> str:
    """What to do after a verdict.

    Args:
        verdict: What the check found.
        step: The step that was checked.
        file: The file that the student writes in for it.
        ahead: What is open after the check.
        help_: What `offer` says, if it is time to; empty if not.
    """
    action = _after(verdict, step, file, ahead)
    return f"{action} {help_}" if help_ and isinstance(verdict, _HINTS_HELP) else action


def offer(step: Step, taken: int) -> str:
    """Offer the next hint to somebody who may be stuck, or our solution after the last one."""
    if taken < len(step.hints):
        return f"Stuck? Hint {taken + 1} of {len(step.hints)}: `workshop hint {step.number}`."
    return f"Stuck? Compare with ours: `workshop solution {step.number}`."


def _after(verdict: Verdict, step: Step, file: str, ahead: Ahead) -> str:
    again = f"`workshop check {step.number}`"
    match verdict:
        case NotStarted():
            return f"Write in `{file}`, save, and run {again}."
        case SoFarRight(file=here):
            return f"Go on in `{here or file}`, save, and run {again}."
        case SyntaxProblem(location=place):
            return f"Mend line {place.line} of `{place.file}`, save, and run {again}."
        case ImportProblem(location=place):
            where = f"Mend line {place.line} of `{place.file}`" if place else f"Look at `{file}`"
            return f"{where}, save, and run {again}."
        case Failed(failure=failure):
            where = failure.location.file if failure.location else file
            return f"Mend `{where}`, save, and run {again}."
        case EarlierStepBroke(earlier=earlier):
            return (
                f"Mend step {earlier.number}: `workshop check {earlier.number}`. Or take our "
                f"solution up to here, with yours kept: `workshop catch-up {step.number}`."
            )
        case TimedOut():
            return f"Look for a loop or a wait that cannot end, save, and run {again}."
        case Crashed(remedy=remedy):
            return f"{remedy}, then run {again}."
        case Passed():
            compare = f"Compare with ours: `workshop solution {step.number}`."
            return f"{compare} {after_pass(step, ahead)}"
    assert_never(verdict)


def after_hint(step: Step, *, more: bool) -> str:
    """What to do after a hint."""
    if more:
        return f"Try it: `workshop check {step.number}`."
    return f"Try it: `workshop check {step.number}`. Or compare: `workshop solution {step.number}`."
