"""Proofs that run a step's tests: starters red, solutions green, wrong answers red and named."""

from collections import defaultdict

from workshop.course.checking import Signature
from workshop.course.clues import clues_in
from workshop.course.manifest import Step
from workshop.course.results import (
    Failed,
    Finding,
    NotStarted,
    Passed,
    SoFarRight,
    TimedOut,
    Verdict,
)
from workshop.course.temporary import Stage
from workshop.course.wrong_answers import load_signatures

__all__ = ["prove_solution", "prove_starter", "prove_wrong_answers"]


def prove_starter(stage: Stage, step: Step) -> Finding:
    """Every test of a step is red at its start, for the declared reason and no other."""
    verdict = stage.try_starter(step).verdict
    name = f"step {step.number} starter"
    if not isinstance(verdict, NotStarted):
        return Finding(name=name, ok=False, detail=_said(verdict))
    blanks = ", ".join(verdict.blanks)
    return Finding(name=name, ok=True, detail=f"every test meets a blank: {blanks}")


def prove_solution(stage: Stage, step: Step) -> Finding:
    """Our solution passes."""
    verdict = stage.try_solution(step).verdict
    name = f"step {step.number} solution"
    if not isinstance(verdict, Passed):
        return Finding(name=name, ok=False, detail=_said(verdict))
    detail = f"{verdict.tests} tests pass"
    return Finding(name=name, ok=True, detail=detail, count=verdict.tests)


def prove_wrong_answers(stage: Stage, step: Step) -> Finding:
    """Every wrong answer is red, fails as recorded, differs from the others, and is named."""
    recorded = load_signatures(stage.root).get(step.id, {})
    problems: list[str] = []
    by_signature: defaultdict[Signature, list[str]] = defaultdict(list)
    names: list[str] = []
    for wrong, checked in stage.try_wrong_answers(step):
        name = wrong.mistake.name
        names.append(name)
        by_signature[checked.signature].append(name)
        if not isinstance(checked.verdict, Failed | TimedOut):
            problems.append(f"{name}: {_said(checked.verdict)}")
        elif checked.signature != frozenset(recorded.get(name, ())):
            difference = _difference(checked.signature, frozenset(recorded.get(name, ())))
            problems.append(f"{name} does not fail as recorded: {difference}")
        elif clues_in(stage.root, stage.course, step, checked).mistake != wrong.mistake:
            problems.append(f"{name} is not named")
    alike = (same for same in by_signature.values() if len(same) > 1)
    problems += [f"{' and '.join(same)} fail alike" for same in alike]
    unknown = sorted(recorded.keys() - set(names))
    problems += [f"{name} is recorded, but has no file" for name in unknown]
    return Finding(
        name=f"step {step.number} wrong answers",
        ok=not problems,
        detail="; ".join(problems) or f"{len(names)} red, each named",
        remedy="After a change on purpose: `workshop rehearse --record`." if problems else "",
        count=len(names),
    )


def _difference(actual: Signature, recorded: Signature) -> str:
    return ", ".join(f"{test} ({error})" for test, error in sorted(actual ^ recorded))


def _said(verdict: Verdict) -> str:
    match verdict:
        case Failed(failure=failure):
            return f"fails: {failure.sentence} ({failure.error}: {failure.message[:200]})"
        case SoFarRight(passed=passed, tests=tests):
            return f"{passed} of {tests} tests pass, and the others meet a blank"
        case Passed():
            return "it passes"
        case _:
            return str(verdict)
