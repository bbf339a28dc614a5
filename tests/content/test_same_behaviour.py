"""The event-sourced model keeps to what the first part says, word for word.

A package's text is right wherever it lies, so the event-sourced one takes the place of the other,
and the first part's tests run as they are. They also run on boards that nobody holds: each is in a
store, and comes out for one question or one command.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workshop.course.manifest import Course, Step

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT / "exercises" / "course.toml")
EVENT_SOURCED = ROOT / "solutions" / "event_sourced"
SHARED = [
    step
    for step in COURSE.steps
    if step.part == "domain-model" and step.file in ("work_item.py", "board.py")
]
OF_BOARDS = [step for step in SHARED if step.file == "board.py"]
KEPT = """
from solutions.event_sourced import *
from kept_board import create_board
"""


def report_of(step: Step, workspace: Path) -> str:
    """Run the tests of a step in this workspace; give what pytest said."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", step.test_file],
        cwd=workspace,
        env={
            **os.environ,
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)]),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return run.stdout


def workspace_in(folder: Path) -> Path:
    """Make a workspace without the first part's package; give the place where it was."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "exercises", folder / "exercises", ignore=ignored)
    first = folder / "exercises" / COURSE.parts[0].package
    shutil.rmtree(first)
    return first


def all_pass(said: str) -> bool:
    """Whether all passed and none was skipped."""
    return re.fullmatch(r"\d+ passed in .*", said.splitlines()[-1]) is not None


@pytest.mark.parametrize("step", SHARED, ids=lambda step: step.slug)
def test_the_event_sourced_model_passes_the_tests_of(step: Step, tmp_path: Path) -> None:
    first = workspace_in(tmp_path)
    shutil.copytree(EVENT_SOURCED, first, ignore=shutil.ignore_patterns("__pycache__"))

    said = report_of(step, tmp_path)

    assert all_pass(said), said


@pytest.mark.parametrize("step", OF_BOARDS, ids=lambda step: step.slug)
def test_a_board_that_is_saved_and_loaded_between_any_two_commands_passes_the_tests_of(
    step: Step, tmp_path: Path
) -> None:
    first = workspace_in(tmp_path)
    first.mkdir()
    (first / "__init__.py").write_text(KEPT, encoding="utf-8")

    said = report_of(step, tmp_path)

    assert all_pass(said), said
