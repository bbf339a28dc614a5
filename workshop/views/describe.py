"""A result, put into words."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from workshop.course.results import (
    BranchesResult,
    ChangeResult,
    CheckResult,
    DoctorResult,
    HintResult,
    LogResult,
    NextResult,
    PaceResult,
    ReadinessResult,
    RehearsalResult,
    Result,
    SlidesResult,
    SolutionResult,
    StatusResult,
    UpdateResult,
)

from .describe_branches import describe_branches
from .describe_check import describe_check
from .describe_findings import describe_doctor, describe_rehearsal, describe_slides
from .describe_help import describe_change, describe_hint
from .describe_pace import describe_pace
from .describe_progress import describe_log, describe_next, describe_status
from .describe_readiness import describe_readiness
from .describe_solution import describe_solution
from .describe_update import describe_update
from .document import Block, Headline
from .harmless import harmless, on_every_text

__all__ = ["Problem", "Shown", "describe"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Why there is no result, in one sentence: what a `CourseError` says."""

    sentence: str


Shown: TypeAlias = Result | Problem


def describe(shown: Shown) -> tuple[Block, ...]:
    """The document that every rendering shows; no text in it can do harm."""
    result = on_every_text(shown, harmless)
    match result:
        case CheckResult():
            return describe_check(result)
        case HintResult():
            return describe_hint(result)
        case SolutionResult():
            return describe_solution(result)
        case ChangeResult():
            return describe_change(result)
        case UpdateResult():
            return describe_update(result)
        case StatusResult():
            return describe_status(result)
        case NextResult():
            return describe_next(result)
        case LogResult():
            return describe_log(result)
        case PaceResult():
            return describe_pace(result)
        case DoctorResult():
            return describe_doctor(result)
        case RehearsalResult():
            return describe_rehearsal(result)
        case SlidesResult():
            return describe_slides(result)
        case ReadinessResult():
            return describe_readiness(result)
        case BranchesResult():
            return describe_branches(result)
        case Problem(sentence=sentence):
            return (Headline("bad", sentence),)
        case _:
            assert_never(result)
