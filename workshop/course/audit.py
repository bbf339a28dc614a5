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
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from workshop.course.audit_notebooks import notebooks_of
from workshop.course.audit_plan import Proof, Task, plan
from workshop.course.blanks import package_state
from workshop.course.errors import CourseError
from workshop.course.findings import About, Finding, RehearsalResult
from workshop.course.guide import GUIDE, guide_as_it_should_be
from workshop.course.manifest import Course
from workshop.course.needs import insist
from workshop.course.notebooks import execute
from workshop.course.runner import Runner
from workshop.course.temporary import COURSE_FOLDERS, Stage
from workshop.course.workspace import MANIFEST
from workshop.course.wrong_answers import Signatures, write_signatures

__all__ = ["Progress", "Proof", "record", "rehearse"]

Progress: TypeAlias = Callable[[int, int], None]
"""Told again and again how many proofs are made, and of how many."""

_BEAT = 0.5  # seconds between two reports of progress, if no proof ends


def rehearse(
    root: Path,
    runner: Runner,
    more: Iterable[Proof] = (),
    progress: Progress = lambda _made, _of: None,
) -> RehearsalResult:
    """Prove everything that can be proven on this machine.

    Args:
        root: The workspace; it stays as it is.
        runner: Runs the tests.
        more: Further proofs, of what the engine does not know, such as the decks.
        progress: Told what is going on.
    """
    began = time.perf_counter()
    before = _contents(root)
    try:
        course = Course.load(root / MANIFEST)
    except CourseError as error:
        finding = Finding(name="manifest", ok=False, detail=str(error), about=About())
        return RehearsalResult(findings=(finding,), seconds=time.perf_counter() - began)
    with _stage(root, course, runner) as stage:
        others = [Task("course", About(), proof) for proof in more]
        findings = _prove([*plan(stage), *others], progress)
    unchanged = before == _contents(root)
    detail = "no file was changed" if unchanged else "the rehearsal itself changed a file"
    findings.append(Finding(name="working tree", ok=unchanged, detail=detail, about=About()))
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
        signatures: Signatures = {
            step.id: {
                wrong.mistake.name: sorted(checked.signature)
                for wrong, checked in stage.try_wrong_answers(step)
            }
            for step in course.steps
        }
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


def _prove(tasks: Sequence[Task], progress: Progress) -> list[Finding]:
    """Try all, as many at once as there are processors."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        running = {pool.submit(_try, task): task for task in tasks}
        waiting = set(running)
        try:
            while waiting:
                progress(len(tasks) - len(waiting), len(tasks))
                waiting = wait(waiting, timeout=_BEAT, return_when=FIRST_COMPLETED).not_done
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        return [future.result() for future in running]


def _try(task: Task) -> Finding:
    began = time.perf_counter()
    try:
        finding = task.look()
    except CourseError as error:
        finding = Finding(name=task.name, ok=False, detail=str(error))
    about = finding.about or task.about
    return replace(finding, about=about, seconds=time.perf_counter() - began)


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
