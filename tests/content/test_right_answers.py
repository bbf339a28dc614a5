"""The tests of a step accept every right answer, whatever its structure and its private names.

`alternatives/NN_id/` holds right answers that differ from ours. A file with an `__all__` takes the
place of the file that students write in the step; a folder holds several files, each for the one
of its name; any other file holds definitions, which are put into the solution.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from workshop.course.blanks import python_files
from workshop.course.checking import check
from workshop.course.manifest import Course, Step
from workshop.course.process_runner import ProcessRunner
from workshop.course.results import Passed
from workshop.course.transplant import transplant

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT / "exercises" / "course.toml")
ALTERNATIVES = Path(__file__).parent / "alternatives"


def answers_to(step: Step) -> list[Path]:
    folder = ALTERNATIVES / step.slug
    return sorted([*folder.glob("*.py"), *(file.parent for file in folder.glob(f"*/{step.file}"))])


ANSWERS = [
    pytest.param(step, answer, id=f"{step.slug}-{answer.stem}")
    for step in COURSE.steps
    for answer in answers_to(step)
]


def test_every_step_has_right_answers_that_differ_from_ours() -> None:
    for step in COURSE.steps:
        assert len(answers_to(step)) >= 3, step.slug


def answered(solved: Path, step: Step, answer: Path) -> dict[str, str]:
    """The solved package with this answer in it, by path."""
    package = texts(solved)
    if answer.is_dir():
        return package | texts(answer)
    source = answer.read_text(encoding="utf-8")
    if "__all__" in source:
        return package | {step.file: source}
    return transplant(package, source)


def texts(folder: Path) -> dict[str, str]:
    return {name: path.read_text(encoding="utf-8") for name, path in python_files(folder).items()}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One for all answers, so that pytest keeps what it made of a step's tests."""
    root = tmp_path_factory.mktemp("right answers")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "exercises", root / "exercises", ignore=ignored)
    yield root
    shutil.rmtree(root, ignore_errors=True)


@pytest.mark.parametrize(("step", "answer"), ANSWERS)
def test_a_right_answer_of_another_structure_passes(
    workspace: Path, step: Step, answer: Path
) -> None:
    package = COURSE.part_of(step).package
    student = workspace / "exercises" / package
    shutil.rmtree(student)
    for name, text in answered(ROOT / "solutions" / package, step, answer).items():
        (student / name).parent.mkdir(parents=True, exist_ok=True)
        (student / name).write_text(text, encoding="utf-8", newline="\n")

    verdict = check(workspace, COURSE, step, ProcessRunner(), step.seconds, alone=True).verdict

    assert isinstance(verdict, Passed), verdict
