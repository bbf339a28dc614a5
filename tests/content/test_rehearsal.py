"""The course itself is proven: what `workshop rehearse` says of this repository."""

from pathlib import Path

import pytest

from workshop.course.audit import rehearse
from workshop.course.manifest import Course
from workshop.course.process_runner import ProcessRunner
from workshop.course.results import Aspect, RehearsalResult
from workshop.slides import proofs

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rehearsal() -> RehearsalResult:
    return rehearse(ROOT, ProcessRunner(), proofs(ROOT))


def test_the_rehearsal_proves_the_course(rehearsal: RehearsalResult) -> None:
    disproved = [f"{f.name}: {f.detail}" for f in rehearsal.findings if not f.ok]

    assert not disproved, "\n".join(disproved)


def test_this_machine_has_what_it_takes_to_prove_all_of_it(rehearsal: RehearsalResult) -> None:
    assert [f"{f.name}: {f.detail}" for f in rehearsal.unproven] == []


def test_the_rehearsal_looks_at_every_step_notebook_and_deck(rehearsal: RehearsalResult) -> None:
    names = {finding.name for finding in rehearsal.findings}

    notebooks = [f"notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")]
    decks = [f"slides/{path.name}" for path in (ROOT / "slides").glob("*.ipynb")]
    demos = [f"slides/demos/{path.name}" for path in (ROOT / "slides/demos").glob("*.ipynb")]
    assert names.issuperset(notebooks)
    assert names.issuperset(decks)
    assert names.issuperset(demos)
    assert names.issuperset(f"{deck} as HTML" for deck in decks)
    assert names.issuperset({"step 1 starter", "step 1 solution", "step 1 wrong answers"})


def test_every_step_has_each_of_its_findings(rehearsal: RehearsalResult) -> None:
    steps = Course.load(ROOT / "exercises" / "course.toml").steps
    aspects: tuple[Aspect, ...] = ("texts", "starter", "solution", "wrong answers")
    about = [(f.about.step, f.about.aspect) for f in rehearsal.findings if f.about and f.about.step]
    assert about == [(step.number, aspect) for step in steps for aspect in aspects] + [
        (step.number, "notebook") for step in steps
    ]
