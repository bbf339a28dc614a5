"""`workshop test` and `workshop bench`: the project's own test suite and its benchmarks."""

import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from workshop.course.errors import CourseError

__all__ = ["run_benchmarks", "run_tests"]

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
    if not _is_clone(root):
        raise CourseError(
            f"{root} is a workspace without the project's own tests: they are in a clone only. "
            "`workshop check` tests what you wrote."
        )
    return _run([sys.executable, "-m", "pytest", *OPTIONS, *arguments], root)


def run_benchmarks(root: Path, arguments: Sequence[str]) -> int:
    """Run the benchmarks of the clone at `root`; the answer is their exit code.

    Args:
        root: The clone.
        arguments: Names of benchmarks and options; files are found from the current folder.

    Raises:
        CourseError: It is a workspace, or the package that they compare with is not installed.
    """
    if not _is_clone(root):
        raise CourseError(
            f"{root} is a workspace without the project's benchmarks: they are in a clone only, "
            "where `python3 -m workshop bench` runs them."
        )
    if find_spec("eventsourcing") is None:
        raise CourseError(
            "The benchmarks compare with the package eventsourcing, which is not installed here: "
            f"start them in {root} with `python3 -m workshop bench`, which installs it."
        )
    benchmarks = root / "tests" / "benchmarks" / "bench.py"
    # UTF-8 also where a pipe on Windows would have another encoding, which lacks our signs.
    return _run([sys.executable, "-Xutf8", str(benchmarks), *arguments], None)


def _is_clone(root: Path) -> bool:
    return (root / "tests").is_dir() and (root / "pyproject.toml").is_file()


def _run(command: Sequence[str], folder: Path | None) -> int:
    with subprocess.Popen(command, cwd=folder) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # it had the same Ctrl-C, and still has its last words to print
