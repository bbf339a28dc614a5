"""What catching up and resetting write into a student's files, and which steps they meet there."""

import ast
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from workshop.course.blanks import blank_names, package_state, python_files
from workshop.course.definitions import definitions
from workshop.course.errors import CourseError
from workshop.course.manifest import Course, Step
from workshop.course.parsing import decode
from workshop.course.transplant import replace_definitions

__all__ = ["at_the_start", "is_as_given", "made_blank", "read", "steps_in"]


def at_the_start(course: Course, step: Step, solved: Path, own: Path) -> dict[str, bytes]:
    """The part's files at the start of a step, by path within the package.

    The files of the other stretch steps are left as they are: no step builds on them.

    Args:
        course: The course.
        step: The step to begin.
        solved: The solved package.
        own: The student's package.
    """
    elsewhere = {s.number for s in course.steps if s.stretch and s != step}
    return {
        name: text.encode()
        for name, text in package_state(solved, step.number).items()
        if not _only_of(solved / name, elsewhere) or not (own / name).exists()
    }


def made_blank(step: Step, solved: Path, own: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files of a step with that step blank and the rest as the student wrote it.

    Returns:
        The files by path within the package, and what the student should know about them.
    """
    texts: dict[str, bytes] = {}
    warnings = []
    for name, starter in package_state(solved, step.number).items():
        if blank_names(starter, step.number):
            before = read(own / name)
            mended = replace_definitions(before, starter, step.number)
            texts[name] = starter.encode() if mended is None else mended
            if mended is None and before:
                warnings.append(
                    f"{name} does not parse, or lacks a part of step {step.number}: all of it is "
                    f"the starter now. Your version is in the backup."
                )
    return texts, tuple(warnings)


def steps_in(course: Course, solved: Path, files: Iterable[str]) -> tuple[str, ...]:
    """The steps that have code in these files, by id; of a path only the part below the package."""
    numbers: set[int] = set()
    inside = len(PurePosixPath("exercises", solved.name).parts)
    for file in files:
        numbers |= _steps_of(solved.joinpath(*PurePosixPath(file).parts[inside:]))
    return tuple(step.id for step in course.steps if step.number in numbers)


def is_as_given(step: Step, solved: Path, own: Path) -> bool:
    """Whether everything that a step asks for is ours; comments and line breaks do not matter."""
    for name, path in python_files(solved).items():
        wanted = {
            d.key: ast.dump(d.node)
            for d in definitions(path.read_text(encoding="utf-8"))
            if d.marker and d.marker.step == step.number
        }
        if wanted and not wanted.items() <= _dumped(own / name, wanted).items():
            return False
    return True


def read(path: Path) -> bytes:
    """The bytes of a student's file; none if there is no such file.

    Raises:
        CourseError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}).") from error


def _dumped(path: Path, keys: Collection[str]) -> dict[str, str]:
    try:
        found = definitions(decode(read(path))[0])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    return {d.key: ast.dump(d.node) for d in found if d.key in keys}


def _only_of(path: Path, numbers: Collection[int]) -> bool:
    steps = _steps_of(path)
    return bool(steps) and steps.issubset(numbers)


def _steps_of(path: Path) -> set[int]:
    """The numbers of the steps that ask for something in a file of the solved package."""
    marked = definitions(path.read_text(encoding="utf-8")) if path.is_file() else ()
    return {d.marker.step for d in marked if d.marker}
