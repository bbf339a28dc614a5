"""`workshop rehearse`: the proofs of the course, and the page for the night before."""

import time
from dataclasses import replace
from pathlib import Path

from workshop.course.audit import rehearse
from workshop.course.errors import CourseError
from workshop.course.manifest import Course
from workshop.course.process_runner import ProcessRunner
from workshop.course.results import Finding, FirstStart, ReadinessResult, RehearsalResult
from workshop.course.step_ref import StepRef
from workshop.course.workspace import MANIFEST
from workshop.doctor import examine
from workshop.firststart.errors import SetupError
from workshop.firststart.progress import line
from workshop.firststart.setup import find_wheelhouse
from workshop.machine import facts
from workshop.slides import proofs
from workshop.trial import told, try_first_start

__all__ = ["prove_course", "prove_readiness"]

AGAIN = "Mend what failed, then run `workshop rehearse --as instructor` again."
READ = "Read `slides/INSTRUCTOR.md`; `workshop pace` has the timetable of the day."
LOOK = "Look through the decks: `workshop slides` opens the first one, and S its notes."
STICK = "For students without network: `workshop wheelhouse DIR`, on a stick."


def prove_course(root: Path) -> RehearsalResult:
    """Rehearse, and say on the error stream how far it is."""
    with line("Proving the course, which takes about five minutes") as shown:
        return rehearse(
            root,
            ProcessRunner(),
            proofs(root),
            progress=lambda made, of: shown.tick(f"{made} of {of} proofs"),
        )


def prove_readiness(root: Path) -> ReadinessResult:
    """Look at the machine, try a student's first start, and rehearse; says what is going on."""
    began = time.perf_counter()
    machine = (*facts(root), *_doctor(root))
    start, first_start = _first_start(root)
    rehearsal = prove_course(root)
    result = ReadinessResult(
        machine=machine,
        start=start,
        first_start=first_start,
        steps=_steps(root),
        rehearsal=rehearsal,
        seconds=time.perf_counter() - began,
        next_actions=(),
    )
    stick = () if first_start and first_start.wheelhouse else (STICK,)
    return replace(result, next_actions=(READ, LOOK, *stick) if result.ok else (AGAIN,))


def _doctor(root: Path) -> tuple[Finding, ...]:
    """What needs mending, or that nothing does."""
    findings = examine(root).findings
    amiss = tuple(finding for finding in findings if not finding.ok)
    detail = f"{len(findings)} things looked at, none needs mending"
    return amiss or (Finding(name="doctor", ok=True, detail=detail),)


def _first_start(root: Path) -> tuple[Finding, FirstStart | None]:
    name = "first start"
    try:
        wheelhouse = find_wheelhouse(root)
        origin = "with the network" if wheelhouse is None else "without network"
        with line(f"Trying a student's first start, {origin}") as shown:
            first = try_first_start(root, wheelhouse, tick=shown.tick)
    except SetupError as error:
        detail = "\n".join((error.sentence, *error.last_lines))
        return Finding(name=name, ok=False, detail=detail, remedy=error.remedy), None
    except CourseError as error:
        return Finding(name=name, ok=True, detail=str(error), proven=False), None
    origin = "" if wheelhouse is None else f" The packages came from {wheelhouse}."
    return Finding(name=name, ok=not first.changed, detail=told(first) + origin), first


def _steps(root: Path) -> tuple[StepRef, ...]:
    try:
        return tuple(step.ref for step in Course.load(root / MANIFEST).steps)
    except CourseError:  # the rehearsal has found it, too
        return ()
