"""The event-sourced model keeps to what the first part says, word for word.

A package's text is right wherever it lies, so the event-sourced one takes the place of the other,
and the first part's tests run as they are.
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
    pytest.param(step, id=step.slug)
    for step in COURSE.steps
    if step.part == "domain-model" and step.file in ("work_item.py", "board.py")
]


@pytest.mark.parametrize("step", SHARED)
def test_the_event_sourced_model_passes_the_tests_of(step: Step, tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises", ignore=ignored)
    first = tmp_path / "exercises" / COURSE.part_of(step).package
    shutil.rmtree(first)
    shutil.copytree(EVENT_SOURCED, first, ignore=ignored)

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", step.test_file],
        cwd=tmp_path,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    summary = run.stdout.splitlines()[-1]
    assert re.fullmatch(r"\d+ passed in .*", summary), f"all pass, none is skipped:\n{run.stdout}"
