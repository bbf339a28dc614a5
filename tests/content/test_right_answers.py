"""The tests of a step accept every right answer, whatever its structure and its private names.

`alternatives/NN_id/` holds right answers that differ from ours. A file takes the place of the file
that students write in the step; a folder holds several files, each for the one of its name.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workshop.course.manifest import Course, Step

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


@pytest.mark.parametrize(("step", "answer"), ANSWERS)
def test_a_right_answer_of_another_structure_passes(
    step: Step, answer: Path, tmp_path: Path
) -> None:
    package = COURSE.part_of(step).package
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises", ignore=ignored)
    student = tmp_path / "exercises" / package
    shutil.copytree(ROOT / "solutions" / package, student, ignore=ignored, dirs_exist_ok=True)
    if answer.is_dir():
        shutil.copytree(answer, student, ignore=ignored, dirs_exist_ok=True)
    else:
        shutil.copyfile(answer, student / step.file)

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", step.test_file],
        cwd=tmp_path,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert run.returncode == 0, run.stdout
