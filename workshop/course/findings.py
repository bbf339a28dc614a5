"""What was looked at, and how it was found: of a machine, of a course, of both the night before."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from workshop.course.step_ref import StepRef

__all__ = [
    "About",
    "Aspect",
    "DoctorResult",
    "Finding",
    "FirstStart",
    "ReadinessResult",
    "RehearsalResult",
    "SlidesResult",
]

Aspect: TypeAlias = Literal[
    "course", "texts", "starter", "solution", "wrong answers", "notebook", "deck", "demo", "page"
]
"""What is looked at. A step has all from `texts` to `notebook`; `page` is a deck as HTML, and
`course` is what belongs to no step and no file of its own, such as the minutes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What a finding is about, for whoever arranges findings.

    Attributes:
        aspect: What of it was looked at.
        step: The step's number.
        file: The notebook or deck, relative to the workspace, with forward slashes.
    """

    aspect: Aspect = "course"
    step: int | None = None
    file: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that was looked at: `ok`, with what was found; else what mends it.

    Without `proven`, this machine lacks what it takes to look, and nothing is known: `detail`
    says why.

    Attributes:
        seconds: How long it took to look.
        about: What was looked at, if it is of a course.
        count: The tests of a solution, the wrong answers of a step, or the kB of a page.
    """

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    seconds: float = 0.0
    proven: bool = True
    about: About | None = None
    count: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DoctorResult:
    """What the doctor found about this machine and workspace."""

    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing needs mending."""
        return all(finding.ok for finding in self.findings)


@dataclass(frozen=True, kw_only=True, slots=True)
class RehearsalResult:
    """What the rehearsal proved, and what it could not."""

    findings: tuple[Finding, ...]
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether everything holds that could be proven here."""
        return all(finding.ok for finding in self.findings)

    @property
    def unproven(self) -> tuple[Finding, ...]:
        """What could not be proven on this machine."""
        return tuple(finding for finding in self.findings if not finding.proven)


@dataclass(frozen=True, kw_only=True, slots=True)
class SlidesResult:
    """How the decks look: a finding for each."""

    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether every slide fits and can be read."""
        return all(finding.ok for finding in self.findings)


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstStart:
    """A student's first start that was tried, and worked.

    Attributes:
        seconds: From the command to the page that answers, without any cache.
        tool: What installed the packages, `pip` or `uv`.
        megabytes: The size of `.venv`.
        wheelhouse: The folder that the packages came from, without network; `None`: an index.
        changed: The files of the clone that the start changed or left behind; none, if all is well.
    """

    seconds: float
    tool: str
    megabytes: float
    wheelhouse: str | None
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadinessResult:
    """What an instructor wants to know the night before.

    Attributes:
        machine: Facts about this machine that matter on the day, and what the doctor found amiss.
        start: What came of trying a student's first start; `ok`, `proven` and the reason.
        first_start: Its figures, if it worked.
        steps: The steps, in the order of the course.
        rehearsal: What was proven of the course.
        seconds: How long all of it took.
        next_actions: What to do now, one sentence each.
    """

    machine: tuple[Finding, ...]
    start: Finding
    first_start: FirstStart | None
    steps: tuple[StepRef, ...]
    rehearsal: RehearsalResult
    seconds: float
    next_actions: tuple[str, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was looked at."""
        return (*self.machine, self.start, *self.rehearsal.findings)

    @property
    def ok(self) -> bool:
        """Whether nothing stands in the way of a workshop, as far as it could be proven here."""
        return all(finding.ok for finding in self.findings)
