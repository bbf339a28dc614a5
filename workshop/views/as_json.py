r"""JSON for other programs: the result itself, not our words about it.

An object with the fields of its class in `workshop.course.results`, and in front of them `kind`:
`check`, `hint`, `solution`, `change`, `update`, `status`, `next`, `log`, `doctor`, `rehearsal`,
`readiness`, `slides`, `pace`, `branches`, or `problem` with a `sentence` where there is no result.
A check's `verdict` has a `kind` too: `not_started`, `so_far_right`, `syntax_problem`,
`import_problem`, `failed`, `earlier_step_broke`, `timed_out`, `crashed` or `passed`. `doctor`,
`rehearsal`, `readiness`, `slides` and `branches` have `ok` besides, and `pace` has `saved`. Times
are ISO 8601 in UTC.

The text is ASCII, so that any stream can carry it; a character that is half of a surrogate
pair is replaced by U+FFFD, since JSON has no place for it. Fields may be added, never changed.
"""

import json
import re
from datetime import UTC, datetime
from typing import Any

import msgspec

from workshop.course.results import (
    BranchesResult,
    ChangeResult,
    CheckResult,
    Crashed,
    DoctorResult,
    EarlierStepBroke,
    Failed,
    HintResult,
    ImportProblem,
    LogResult,
    NextResult,
    NotStarted,
    PaceResult,
    Passed,
    ReadinessResult,
    RehearsalResult,
    SlidesResult,
    SoFarRight,
    SolutionResult,
    StatusResult,
    SyntaxProblem,
    TimedOut,
    UpdateResult,
    Verdict,
)

from .describe import Problem, Shown
from .harmless import on_every_text

__all__ = ["as_json"]

_KINDS: dict[type[Shown], str] = {
    CheckResult: "check",
    HintResult: "hint",
    SolutionResult: "solution",
    ChangeResult: "change",
    UpdateResult: "update",
    StatusResult: "status",
    NextResult: "next",
    LogResult: "log",
    DoctorResult: "doctor",
    RehearsalResult: "rehearsal",
    SlidesResult: "slides",
    PaceResult: "pace",
    ReadinessResult: "readiness",
    BranchesResult: "branches",
    Problem: "problem",
}

_VERDICT_KINDS: dict[type[Verdict], str] = {
    NotStarted: "not_started",
    SoFarRight: "so_far_right",
    SyntaxProblem: "syntax_problem",
    ImportProblem: "import_problem",
    Failed: "failed",
    EarlierStepBroke: "earlier_step_broke",
    TimedOut: "timed_out",
    Crashed: "crashed",
    Passed: "passed",
}

_HALF_A_PAIR = re.compile("[\ud800-\udfff]")


def as_json(shown: Shown) -> str:
    """One JSON object, indented by two spaces."""
    shown = on_every_text(shown, lambda text: _HALF_A_PAIR.sub("\ufffd", text))
    answer = {"kind": _KINDS[type(shown)], **_fields(shown)}
    match shown:
        case CheckResult(verdict=verdict):
            answer["verdict"] = {"kind": _VERDICT_KINDS[type(verdict)], **_fields(verdict)}
        case (
            BranchesResult()
            | DoctorResult()
            | ReadinessResult()
            | RehearsalResult()
            | SlidesResult()
        ):
            answer["ok"] = shown.ok
        case PaceResult():
            answer["saved"] = shown.saved
        case _:
            pass
    return json.dumps(answer, indent=2, default=_utc)


def _fields(value: Shown | Verdict) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(value, builtin_types=(datetime,))
    return fields


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
