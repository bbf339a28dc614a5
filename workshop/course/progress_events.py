"""What a student does, as events: the workshop eats its own cooking."""

from dataclasses import dataclass
from typing import TypeAlias

from workshop.eventsourcing import Event, EventCodec, JsonObject

__all__ = [
    "PROGRESS_CODEC",
    "CaughtUp",
    "ChangeUndone",
    "CourseUpdated",
    "GivenStepChecked",
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
class GivenStepChecked(Event):
    """A check passed, but the answer was ours: the student had caught up past the step."""

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
    """The part's files were set to the start of a step.

    Attributes:
        step: The step.
        given: The steps that are solved by that.
        blanked: The steps that are blank by that.
        backup: The folder that keeps what was there before; `None` if all was so already.
        touched: The steps with code in the files that changed.
    """

    step: str
    given: tuple[str, ...]
    blanked: tuple[str, ...]
    backup: str | None
    touched: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StepReset(Event):
    """A step was made blank again; `touched` are the steps with code in the files that changed."""

    step: str
    backup: str | None
    touched: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CourseUpdated(Event):
    """A newer release of the course came into the workspace."""

    backup: str


@dataclass(frozen=True, kw_only=True)
class ChangeUndone(Event):
    """A catch-up, reset or update was taken back; `backup` names which."""

    backup: str


ProgressEvent: TypeAlias = (
    StepChecked
    | StepPassed
    | GivenStepChecked
    | HintTaken
    | SolutionShown
    | CaughtUp
    | StepReset
    | CourseUpdated
    | ChangeUndone
)


def _caught_up_from_1_to_2(data: JsonObject) -> JsonObject:
    """Schema 1 did not say which steps were touched; all of them were taken to be."""
    return data | {"touched": [*data["given"], *data["blanked"]]}


def _step_reset_from_1_to_2(data: JsonObject) -> JsonObject:
    return data | {"touched": [data["step"]]}


PROGRESS_CODEC = EventCodec(
    ProgressEvent,
    names={
        "step-checked": StepChecked,
        "step-passed": StepPassed,
        "given-step-checked": GivenStepChecked,
        "hint-taken": HintTaken,
        "solution-shown": SolutionShown,
        "caught-up": CaughtUp,
        "step-reset": StepReset,
        "course-updated": CourseUpdated,
        "change-undone": ChangeUndone,
    },
    upcasters={CaughtUp: [_caught_up_from_1_to_2], StepReset: [_step_reset_from_1_to_2]},
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
        case GivenStepChecked(step=step):
            return f"checked [{step}]: our solution passes"
        case HintTaken(step=step, number=number):
            return f"took hint {number} of [{step}]"
        case SolutionShown(step=step):
            return f"looked at the solution of [{step}]"
        case CaughtUp(step=step):
            return f"caught up to [{step}]"
        case StepReset(step=step):
            return f"reset [{step}]"
        case CourseUpdated():
            return "updated the course"
        case ChangeUndone():
            return "took the last change back"
        case _:
            return type(event).__name__
