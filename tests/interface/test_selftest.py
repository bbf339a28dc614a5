"""`workshop test` runs pytest as asked, and passes its answer on."""

from pathlib import Path

import pytest

from workshop.course.errors import CourseError
from workshop.selftest import run_tests

ROOT = Path(__file__).resolve().parents[2]
ONE_FILE = ("-n", "0", "-p", "no:cacheprovider", "tests/interface/test_constraints.py")


def test_what_is_asked_for_reaches_pytest(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_tests(ROOT, [*ONE_FILE, "-k", "header"]) == 0
    assert "1 passed" in capfd.readouterr().out


def test_pytests_own_exit_code_is_the_answer(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_tests(ROOT, [*ONE_FILE, "-k", "no_such_test"]) == pytest.ExitCode.NO_TESTS_COLLECTED
    assert "deselected" in capfd.readouterr().out


def test_a_workspace_has_no_tests_of_the_project(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="without the project's own tests"):
        run_tests(tmp_path, [])
