"""`workshop test`: the project's own test suite, on two cores."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from workshop.course.errors import CourseError

__all__ = ["run_tests"]

# loadfile: by default xdist deals the cells of one notebook out to several processes.
# no-loadscope-reorder: it would begin with the files that have most tests, which are the quickest.
OPTIONS = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")


def run_tests(root: Path, arguments: Sequence[str]) -> int:
    """Run the tests of the clone at `root`; the answer is pytest's exit code.

    Args:
        root: The clone.
        arguments: More for pytest; they may undo what is set here, such as `-n 0`.

    Raises:
        CourseError: There are no tests: it is a workspace, not a clone.
    """
    if not (root / "tests").is_dir() or not (root / "pyproject.toml").is_file():
        raise CourseError(
            f"{root} is a workspace without the project's own tests: they are in a clone only. "
            "`workshop check` tests what you wrote."
        )
    command = [sys.executable, "-m", "pytest", *OPTIONS, *arguments]
    with subprocess.Popen(command, cwd=root) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # pytest had the same Ctrl-C, and still has its summary to print
