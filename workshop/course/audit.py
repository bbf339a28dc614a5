"""Prove the course: every starter, solution, wrong answer and notebook, in temporary workspaces.

`rehearse` looks at a workspace and writes nothing into it. `record` is the author's side: it
writes what the solved packages imply, namely starters, signatures, the notebooks' outputs
and the guide's tables.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from workshop.course.audit_answers import prove_solution, prove_starter, prove_wrong_answers
from workshop.course.audit_notebooks import notebooks_of, prove_notebook
from workshop.course.audit_texts import prove_minutes, prove_starter_files, prove_texts
from workshop.course.blanks import package_state
from workshop.course.errors import CourseError
from workshop.course.guide import GUIDE, guide_as_it_should_be, prove_guide
from workshop.course.manifest import Course, Step
from workshop.course.needs import insist, missing, sentence_of
from workshop.course.notebooks import execute
from workshop.course.results import Finding, RehearsalResult
from workshop.course.runner import Runner
from workshop.course.slide_times import prove_slide_times
from workshop.course.temporary import COURSE_FOLDERS, Stage
from workshop.course.workspace import MANIFEST
from workshop.course.wrong_answers import Signatures, write_signatures

__all__ = ["Proof", "record", "rehearse"]

Proof: TypeAlias = Callable[[], Finding]
"""Something to prove. It raises nothing but `CourseError`, which counts as disproved."""


def rehearse(root: Path, runner: Runner, more: Iterable[Proof] = ()) -> RehearsalResult:
    """Prove everything that can be proven on this machine.

    Args:
        root: The workspace; it stays as it is.
        runner: Runs the tests.
        more: Further proofs, of what the engine does not know, such as the decks.
    """
    began = time.perf_counter()
    before = _contents(root)
    try:
        course = Course.load(root / MANIFEST)
    except CourseError as error:
        finding = Finding(name="manifest", ok=False, detail=str(error))
        return RehearsalResult(findings=(finding,), seconds=time.perf_counter() - began)
    with _stage(root, course, runner) as stage:
        findings = _prove([*_proofs(stage), *more])
    unchanged = before == _contents(root)
    detail = "no file was changed" if unchanged else "the rehearsal itself changed a file"
    findings.append(Finding(name="working tree", ok=unchanged, detail=detail))
    return RehearsalResult(findings=tuple(findings), seconds=time.perf_counter() - began)


def record(root: Path, runner: Runner) -> tuple[str, ...]:
    """Write starters, signatures and notebook outputs anew; the files that this changed.

    Raises:
        CourseError: A solution, a wrong answer or a notebook does not run as it should, or
            what a step needs is not installed.
    """
    before = _contents(root)
    course = Course.load(root / MANIFEST)
    for each in course.steps:
        insist(each, root)
    for part in course.parts:
        for name, text in package_state(root / "solutions" / part.package, 1).items():
            path = root / "exercises" / part.package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    with _stage(root, course, runner) as stage:
        signatures: Signatures = {step.id: stage.signatures(step) for step in course.steps}
        write_signatures(root, signatures)
        for notebook, step in notebooks_of(stage):
            with stage.workspace(step, folders=COURSE_FOLDERS) as folder:
                execute(folder / notebook, folder)
                shutil.copyfile(folder / notebook, root / notebook)
    if (root / GUIDE).is_file():
        guide = guide_as_it_should_be(course, root)
        (root / GUIDE).write_text(guide, encoding="utf-8", newline="\n")
    after = _contents(root)
    return tuple(sorted(name for name, data in after.items() if before.get(name) != data))


def _proofs(stage: Stage) -> Iterator[Proof]:
    course = stage.course
    yield lambda: prove_minutes(course)
    yield lambda: prove_slide_times(course, stage.root)
    if (stage.root / GUIDE).is_file():
        yield lambda: prove_guide(course, stage.root)
    for part in course.parts:
        yield lambda part=part: prove_starter_files(stage, part)  # type: ignore[misc]
    for step in course.steps:
        yield lambda step=step: prove_texts(stage, step)  # type: ignore[misc]
        if lacking := missing(step):
            for what in ("starter", "solution", "wrong answers"):
                yield partial(_not_proven, f"step {step.number} {what}", step, lacking)
            continue
        yield lambda step=step: prove_starter(stage, step)  # type: ignore[misc]
        yield lambda step=step: prove_solution(stage, step)  # type: ignore[misc]
        yield lambda step=step: prove_wrong_answers(stage, step)  # type: ignore[misc]
    needy = {step.notebook: step for step in course.steps if missing(step)}
    for notebook, state in notebooks_of(stage):
        if notebook in needy:
            step = needy[notebook]
            yield partial(_not_proven, notebook, step, missing(step))
        else:
            yield lambda n=notebook, s=state: prove_notebook(stage, n, s)  # type: ignore[misc]


def _not_proven(name: str, step: Step, lacking: tuple[str, ...]) -> Finding:
    detail = f"NOT proven here. {sentence_of(step, lacking)}"
    return Finding(name=name, ok=True, detail=detail, proven=False)


def _prove(proofs: Sequence[Proof]) -> list[Finding]:
    """Try all proofs, as many at once as there are processors."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return list(pool.map(_try, proofs))


def _try(proof: Proof) -> Finding:
    began = time.perf_counter()
    try:
        finding = proof()
    except CourseError as error:
        finding = Finding(name="course", ok=False, detail=str(error))
    return replace(finding, seconds=time.perf_counter() - began)


@contextmanager
def _stage(root: Path, course: Course, runner: Runner) -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="workshop-", ignore_cleanup_errors=True) as folder:
        yield Stage(root, course, runner, Path(folder).resolve())


def _contents(root: Path) -> dict[str, bytes]:
    """Every file of the course, without what Python and Jupyter leave behind."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in COURSE_FOLDERS
        for path in sorted((root / folder).rglob("*"))
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
    }
