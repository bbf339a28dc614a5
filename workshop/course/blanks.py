"""Any state of a student's package, made from the solved one: the only source of the starters.

At state k everything that a step below k asks for is solved, and everything from k on is blank.
Starters, catching up, resetting and the solution branches are all this one function.
"""

import ast
from functools import lru_cache
from pathlib import Path

from workshop.course.definitions import (
    Definition,
    Edit,
    apply_edits,
    definitions,
    split_lines,
    stray_markers,
)
from workshop.course.errors import CourseError

__all__ = ["blank", "blank_names", "package_state", "python_files"]


def package_state(solved_package: Path, step: int) -> dict[str, str]:
    """The texts of a package at the start of a step, by path within the package.

    Raises:
        CourseError: A file of the solution cannot be read, or not be blanked.
    """
    state = {}
    for name, path in python_files(solved_package).items():
        try:
            state[name] = blank(path.read_text(encoding="utf-8"), step)
        except (OSError, SyntaxError, ValueError) as error:
            raise CourseError(
                f"The solution in {path} is broken: {error}. "
                f"Restore it with `git checkout -- solutions`."
            ) from error
    return state


def python_files(package: Path) -> dict[str, Path]:
    """The Python files below a package's folder, by path with forward slashes."""
    return {
        path.relative_to(package).as_posix(): path
        for path in sorted(package.rglob("*.py"))
        if path.is_file()
    }


@lru_cache(maxsize=1024)  # twenty files, each in the state of every step
def blank(source: str, step: int, given: frozenset[int] = frozenset()) -> str:
    """Blank out what this step and later ones ask for, but for the steps that are `given`.

    A function keeps decorators, signature and docstring and raises `NotImplementedError`; a
    class keeps its header and docstring and raises when it is called; a helper of the solution
    goes.

    Raises:
        SyntaxError: Python cannot parse the source.
        ValueError: A marked definition is written on one line, a class has no docstring, or a
            marker does not stand on the line of its `def` or `class`.
    """
    if stray := stray_markers(source):
        raise ValueError(f"line {stray[0]}: put the step's marker on the line of `def` or `class`.")
    edits: list[Edit] = []
    blanked: list[str] = []
    lines = split_lines(source)
    for definition in definitions(source):
        inside_a_blank = any(definition.qualname.startswith(f"{name}.") for name in blanked)
        marker = definition.marker
        if marker is None or marker.step < step or marker.step in given or inside_a_blank:
            continue
        if definition.is_class or marker.helper:
            blanked.append(definition.qualname)
        edits += _blanking(definition, marker.step, lines)
    return apply_edits(source, edits)


def blank_names(source: str, step: int) -> tuple[str, ...]:
    """What a step asks for in this source, by qualified name; helpers are not asked for."""
    asked = (d for d in definitions(source) if d.marker and d.marker.step == step)
    return tuple(dict.fromkeys(d.qualname for d in asked if d.marker and not d.marker.helper))


def _blanking(definition: Definition, step: int, lines: list[str]) -> list[Edit]:
    last = _with_trailing_comments(definition, lines)
    if definition.marker and definition.marker.helper:
        return [Edit(_with_gap_before(definition, lines), last)]
    kept = _last_line_of_head(definition)
    indent = " " * (definition.node.col_offset + 4)
    refusal = f'raise NotImplementedError("step {step}: {definition.qualname}")'
    if not definition.is_class:
        return [Edit(kept + 1, last, (indent + refusal,))]
    decorators = Edit(definition.first_line, definition.node.lineno - 1)
    head = f"{indent}def __init__(self, *_: object, **__: object) -> None:"
    return [decorators, Edit(kept + 1, last, ("", head, f"{indent}    {refusal}"))]


def _last_line_of_head(definition: Definition) -> int:
    """The last line of the signature and, where there is one, of the docstring."""
    node = definition.node
    first = node.body[0]
    if first.lineno == node.lineno:
        raise ValueError(f"{definition.qualname}: put its body on lines of its own to mark it.")
    if ast.get_docstring(node, clean=False) is not None:
        return first.end_lineno or first.lineno
    if definition.is_class:
        raise ValueError(f"{definition.qualname}: a class needs a docstring to be marked.")
    decorated = isinstance(first, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    starts = [first.lineno] + ([d.lineno for d in first.decorator_list] if decorated else [])  # type: ignore[attr-defined]
    return min(starts) - 1


def _with_trailing_comments(definition: Definition, lines: list[str]) -> int:
    """Comments at the end of a body are part of the answer, though no statement holds them."""
    last = definition.last_line
    for number in range(definition.last_line + 1, len(lines) + 1):
        text = lines[number - 1]
        if text.strip() and not (
            text.lstrip().startswith("#")
            and len(text) - len(text.lstrip()) > definition.node.col_offset
        ):
            break
        if text.strip():
            last = number
    return last


def _with_gap_before(definition: Definition, lines: list[str]) -> int:
    first = definition.first_line
    while first > 1 and not lines[first - 2].strip():
        first -= 1
    return first
