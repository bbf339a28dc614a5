"""What the course answers: plain values that `workshop.views` turns into words.

`Session` returns these; nothing here knows how they are shown.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from workshop.course.branches_results import BranchesResult, SolutionBranch
from workshop.course.findings import (
    About,
    Aspect,
    DoctorResult,
    Finding,
    FirstStart,
    ReadinessResult,
    RehearsalResult,
    SlidesResult,
)
from workshop.course.location import Location
from workshop.course.pace_results import PaceBlock, PaceCut, PaceResult
from workshop.course.side_by_side import TwoVersions
from workshop.course.step_ref import StepRef
from workshop.course.update_results import FileMove, UpdateConflict, UpdateResult

__all__ = [
    "About",
    "Aspect",
    "BranchesResult",
    "ChangeResult",
    "CheckResult",
    "Crashed",
    "DoctorResult",
    "EarlierStepBroke",
    "Failed",
    "FileDiff",
    "FileMove",
    "Finding",
    "FirstStart",
    "HintResult",
    "ImportProblem",
    "Location",
    "LogEntry",
    "LogResult",
    "Mistake",
    "NextResult",
    "NotStarted",
    "PaceBlock",
    "PaceCut",
    "PaceResult",
    "Passed",
    "ReadinessResult",
    "RehearsalResult",
    "Result",
    "SlidesResult",
    "SoFarRight",
    "SolutionBranch",
    "SolutionResult",
    "StatusResult",
    "StepRef",
    "StepStatus",
    "SyntaxProblem",
    "TestFailure",
    "TimedOut",
    "TwoVersions",
    "UpdateConflict",
    "UpdateResult",
    "Verdict",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class TestFailure:
    """One failing test, told in the words of the domain.

    Attributes:
        sentence: The test's name as a sentence.
        test: The test's id, as pytest knows it.
        error: The name of the exception's class.
        message: The exception's message, shortened.
        expected: What the test expected, if it can be told apart.
        got: What it got instead.
        location: The student's own line that the error passed through last.
        test_location: The line of the test.
        printed: The last lines that the student's code printed during the test.
    """

    __test__ = False  # pytest: not a test class

    sentence: str
    test: str
    error: str
    message: str
    expected: str | None = None
    got: str | None = None
    location: Location | None = None
    test_location: Location | None = None
    printed: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NotStarted:
    """Nothing is written, and every test met a blank; `blanks` names what is to be written."""

    blanks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SoFarRight:
    """Half-way: something is written, and every test that does not pass met a blank of the step.

    Attributes:
        passed: How many tests pass; none, as long as all of them need what is blank.
        tests: How many there are.
        blanks: What is still to be written.
        file: Where the first of these is; `None` if no file says so.
    """

    passed: int
    tests: int
    blanks: tuple[str, ...]
    file: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SyntaxProblem:
    """Python cannot read a file."""

    location: Location
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportProblem:
    """Python can read the file, but importing it fails."""

    message: str
    location: Location | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Failed:
    """A test of the step failed.

    Attributes:
        failure: The first that failed.
        others: How many more failed.
        waiting: How many met a blank of the step, so that nothing is known about them yet.
    """

    failure: TestFailure
    others: int
    waiting: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierStepBroke:
    """The step's own tests pass or cannot run, because an earlier step does not hold."""

    earlier: StepRef
    failure: TestFailure


@dataclass(frozen=True, kw_only=True, slots=True)
class TimedOut:
    """The tests did not come back; `location` is the line that was running."""

    seconds: float
    sentence: str | None
    location: Location | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Crashed:
    """The process that ran the tests ended, or can no longer be believed."""

    explanation: str
    remedy: str
    sentence: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """All tests of the step, and of the part's earlier steps, pass."""

    tests: int


Verdict: TypeAlias = (
    NotStarted
    | SoFarRight
    | SyntaxProblem
    | ImportProblem
    | Failed
    | EarlierStepBroke
    | TimedOut
    | Crashed
    | Passed
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """A mistake of the catalogue that fails as the student's code does, or nearly so.

    Attributes:
        name: Its file's name, such as `equal_by_attributes`.
        sentence: The mistake in one sentence, said to the student.
        question: What leads to the repair without giving it.
        certain: Whether it fails exactly so; otherwise it is a careful guess.
        alone: Whether it explains all failures well without a second mistake.
    """

    name: str
    sentence: str
    question: str
    certain: bool = True
    alone: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckResult:
    """What a check found.

    Attributes:
        step: The step that was checked.
        verdict: What was found.
        mistake: The likely mistake, where the failure is that of a known one, or very near.
        next_action: What to do now, one sentence with the command in backticks.
        digest: Names the exact bytes of the student's package that were checked.
        saved_at: When the newest of the checked files was saved, UTC.
        seconds: How long the check took.
        look_at: Where no mistake is named: the definition that the nearest known ones are made in.
        warnings: What else the student should know, such as progress not being recorded.
    """

    step: StepRef
    verdict: Verdict
    mistake: Mistake | None
    next_action: str
    digest: str
    saved_at: datetime | None
    seconds: float
    look_at: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class HintResult:
    """One hint; `number` of `total`."""

    step: StepRef
    number: int
    total: int
    text: str
    next_action: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FileDiff:
    """One file, from the student's text to ours, as unified diff lines (empty if equal)."""

    file: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SolutionResult:
    """The student's version beside ours, with the reason for ours.

    Attributes:
        step: The step.
        why: The reason.
        diffs: The step's files, other steps included.
        next_action: What to do now, one sentence.
        warnings: What else the student should know.
        definitions: The step's own definitions; none of a file that Python cannot read.
    """

    step: StepRef
    why: str
    diffs: tuple[FileDiff, ...]
    next_action: str
    warnings: tuple[str, ...] = ()
    definitions: tuple[TwoVersions, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeResult:
    """Files of the student's were changed: by reset, catch-up or undo.

    Attributes:
        sentence: What was done.
        files: The files that changed, relative to the workspace.
        backup: The folder that keeps what was there before; `None` if nothing changed.
    """

    sentence: str
    files: tuple[str, ...]
    backup: str | None
    next_action: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class StepStatus:
    """How a step stands; `state` is `passed`, `caught up`, `started` or `not started`.

    Attributes:
        minutes: What the route plans for the step.
        attempts: How often it was checked without passing.
        hints: How many hints were taken.
        spent_minutes: From the first check or hint to the pass, or to the latest event.
        stretch: Whether it is for who has time left.
    """

    step: StepRef
    state: str
    minutes: int
    attempts: int
    hints: int
    spent_minutes: float | None
    stretch: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusResult:
    """Where the student is; `current` is `None` once every step of the day has passed."""

    course: str
    steps: tuple[StepStatus, ...]
    current: StepRef | None
    next_action: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NextResult:
    """Where to go on.

    Attributes:
        step: The step to do; `None` once every step of the day is done.
        begun: Whether the student has begun it, and not passed it yet.
        learns: What there is to learn in it.
        extras: The stretch steps that are open, to be chosen in any order.
        closing: The notebook to read at the end of the day.
    """

    step: StepRef | None
    begun: bool
    learns: str
    extras: tuple[StepRef, ...]
    closing: str
    next_action: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEntry:
    """Something that the student did, and when (UTC)."""

    recorded_at: datetime
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LogResult:
    """The student's day, oldest first; `as_at` if it was cut there."""

    entries: tuple[LogEntry, ...]
    as_at: datetime | None
    warnings: tuple[str, ...] = ()


Result: TypeAlias = (
    CheckResult
    | HintResult
    | SolutionResult
    | ChangeResult
    | UpdateResult
    | StatusResult
    | NextResult
    | LogResult
    | PaceResult
    | DoctorResult
    | RehearsalResult
    | SlidesResult
    | ReadinessResult
    | BranchesResult
)
