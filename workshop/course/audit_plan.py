"""What there is to prove of a course."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple, TypeAlias

from workshop.course.audit_answers import prove_solution, prove_starter, prove_wrong_answers
from workshop.course.audit_notebooks import aspect_of, notebooks_of, prove_notebook
from workshop.course.audit_texts import prove_minutes, prove_starter_files, prove_texts
from workshop.course.findings import About, Aspect, Finding
from workshop.course.guide import GUIDE, prove_guide
from workshop.course.manifest import Step
from workshop.course.needs import missing, sentence_of
from workshop.course.slide_times import prove_slide_times
from workshop.course.temporary import Stage

__all__ = ["Proof", "Task", "plan"]

Proof: TypeAlias = Callable[[], Finding]
"""Something to prove. It raises nothing but `CourseError`, which counts as disproved."""


class Task(NamedTuple):
    """A proof, with the name and the subject that its finding has even if it cannot be made."""

    name: str
    about: About
    look: Proof


def plan(stage: Stage) -> Iterator[Task]:
    """Everything that is to be proven of a course, in the order in which it is told."""
    course = stage.course
    yield Task("minutes", About(), partial(prove_minutes, course))
    yield Task("minutes of the slides", About(), partial(prove_slide_times, course, stage.root))
    if (stage.root / GUIDE).is_file():
        yield Task(GUIDE, About(), partial(prove_guide, course, stage.root))
    for part in course.parts:
        look = partial(prove_starter_files, stage, part)
        yield Task(f"starters of {part.package}", About(), look)
    for step in course.steps:
        yield _of_step(stage, step, "texts", prove_texts)
        yield _of_step(stage, step, "starter", prove_starter)
        yield _of_step(stage, step, "solution", prove_solution)
        yield _of_step(stage, step, "wrong answers", prove_wrong_answers)
    steps = {name: step for step in course.steps for name in step.notebooks}
    for notebook, state in notebooks_of(stage):
        owner = steps.get(notebook)
        number = owner.number if owner and notebook == owner.notebook else None
        about = About(aspect=aspect_of(notebook), step=number, file=notebook)
        look = partial(prove_notebook, stage, notebook, state)
        yield Task(notebook, about, _if_possible(notebook, owner, look))


def _of_step(
    stage: Stage, step: Step, aspect: Aspect, prove: Callable[[Stage, Step], Finding]
) -> Task:
    name = f"step {step.number} {aspect}"
    look: Proof = partial(prove, stage, step)
    if aspect != "texts":  # nothing has to run for those
        look = _if_possible(name, step, look)
    return Task(name, About(aspect=aspect, step=step.number), look)


def _if_possible(name: str, step: Step | None, look: Proof) -> Proof:
    """The proof, or the finding that this machine lacks what the step needs."""
    if step is None or not (lacking := missing(step)):
        return look
    remedy = f"`workshop check {step.number}` says how to install it."
    unknown = Finding(
        name=name, ok=True, detail=sentence_of(step, lacking), remedy=remedy, proven=False
    )
    return lambda: unknown
