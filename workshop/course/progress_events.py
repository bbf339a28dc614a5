"""What a student does, as events: the workshop eats its own cooking."""

from dataclasses import dataclass
from typing import TypeAlias

from workshop.eventsourcing import Event, EventCodec

__all__ = [
    "PROGRESS_CODEC",
    "CaughtUp",
    "ChangeUndone",
    "HintTaken",
    "ProgressEvent",
    "SolutionShown",
    "StepChecked",
    "StepPassed",
    "StepReset",
    "told",
]


@dataclass(frozen=True, kw_only=True)
class StepChecked(Event):
    """A check did not pass; `verdict` names what it found, `mistake` a mistake if it is certain."""

    step: str
    verdict: str
    mistake: str | None
    digest: str


@dataclass(frozen=True, kw_only=True)
class StepPassed(Event):
    """A check passed."""

    step: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class HintTaken(Event):
    """The student asked for a hint; they count from 1."""

    step: str
    number: int


@dataclass(frozen=True, kw_only=True)
class SolutionShown(Event):
    """The student compared with the solution."""

    step: str


@dataclass(frozen=True, kw_only=True)
class CaughtUp(Event):
    """The part's files were set to the start of a step; `given` are the steps solved by that."""

    step: str
    given: tuple[str, ...]
    blanked: tuple[str, ...]
    backup: str | None


@dataclass(frozen=True, kw_only=True)
class StepReset(Event):
    """A step was made blank again."""

    step: str
    backup: str | None


@dataclass(frozen=True, kw_only=True)
class ChangeUndone(Event):
    """A catch-up or reset was taken back; `backup` names which."""

    backup: str


ProgressEvent: TypeAlias = (
    StepChecked | StepPassed | HintTaken | SolutionShown | CaughtUp | StepReset | ChangeUndone
)

PROGRESS_CODEC = EventCodec(
    ProgressEvent,
    names={
        "step-checked": StepChecked,
        "step-passed": StepPassed,
        "hint-taken": HintTaken,
        "solution-shown": SolutionShown,
        "caught-up": CaughtUp,
        "step-reset": StepReset,
        "change-undone": ChangeUndone,
    },
)


def told(event: Event) -> str:
    """An event as a line of the log, with the step's id in brackets."""
    match event:
        case StepChecked(step=step, verdict=verdict, mistake=None):
            return f"checked [{step}]: {verdict}"
        case StepChecked(step=step, verdict=verdict, mistake=str(mistake)):
            named = mistake.replace("_", " ")
            return f"checked [{step}]: {verdict} ({named})"
        case StepPassed(step=step):
            return f"passed [{step}]"
        case HintTaken(step=step, number=number):
            return f"took hint {number} of [{step}]"
        case SolutionShown(step=step):
            return f"looked at the solution of [{step}]"
        case CaughtUp(step=step):
            return f"caught up to [{step}]"
        case StepReset(step=step):
            return f"reset [{step}]"
        case ChangeUndone():
            return "took the last change back"
        case _:
            return type(event).__name__
