"""Workspaces that exist for one proof each."""

import itertools
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from workshop.course.blanks import package_state
from workshop.course.checking import Checked, check
from workshop.course.manifest import Course, Step
from workshop.course.runner import Runner
from workshop.course.wrong_answers import WrongAnswer, of_step

__all__ = ["COURSE_FOLDERS", "Stage"]

COURSE_FOLDERS = ("exercises", "notebooks", "slides", "solutions")

_LEFT_BEHIND = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", ".pytest_cache", "*.pyc")


class Stage:
    """Where a course is tried out: copies of its workspace in any state."""

    def __init__(self, root: Path, course: Course, runner: Runner, folder: Path) -> None:
        self.root = root
        self.course = course
        self._runner = runner
        self._folder = folder
        self._numbers = itertools.count(1)

    @contextmanager
    def workspace(self, state: int, *, folders: Sequence[str] = ("exercises",)) -> Iterator[Path]:
        """Make a workspace at the start of step number `state`, for as long as it is needed.

        Args:
            state: Everything below this step is solved, everything from it on is blank.
            folders: What of the course is in it.
        """
        folder = self._folder / f"workspace {next(self._numbers)}"
        for name in folders:
            if (self.root / name).is_dir():
                shutil.copytree(self.root / name, folder / name, ignore=_LEFT_BEHIND)
        for part in self.course.parts:
            files = package_state(self.root / "solutions" / part.package, state)
            _write(folder / "exercises" / part.package, files)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def try_starter(self, step: Step) -> Checked:
        """Check a step at its start."""
        with self.workspace(step.number) as folder:
            return check(folder, self.course, step, self._runner, step.seconds, alone=True)

    def try_solution(self, step: Step) -> Checked:
        """Check a step, and those before it, when it is solved."""
        with self.workspace(step.number + 1) as folder:
            return check(folder, self.course, step, self._runner, step.seconds)

    def try_answers(self, step: Step, packages: Iterable[Mapping[str, str]]) -> Iterator[Checked]:
        """Check a step for one student after the other.

        They share a workspace, as one student's saves do: what pytest made of the tests is kept.

        Args:
            step: The step.
            packages: What the files of the step's part are for each of them.
        """
        package = self.course.part_of(step).package
        with self.workspace(step.number + 1) as folder:
            for files in packages:
                _write(folder / "exercises" / package, files)
                yield check(folder, self.course, step, self._runner, step.seconds, alone=True)

    def try_wrong_answers(self, step: Step) -> Iterator[tuple[WrongAnswer, Checked]]:
        """Check a step for students each of whom made another of the known mistakes."""
        solved = self.root / "solutions" / self.course.part_of(step).package
        wrong_answers = of_step(self.root, step)
        built = (wrong.build(solved, step.number) for wrong in wrong_answers)
        return zip(wrong_answers, self.try_answers(step, built), strict=True)


def _write(package: Path, files: Mapping[str, str]) -> None:
    shutil.rmtree(package, ignore_errors=True)
    for name, text in files.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
