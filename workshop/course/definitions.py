"""The functions and classes of a source text, with the step that each is marked with.

A trailing `# step 3` on a `def` or `class` line says that step 3 asks for this definition;
`# step 3 (helper)` says that only the solution has it.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from workshop.course.parsing import parse

__all__ = [
    "Definable",
    "Definition",
    "Edit",
    "Marker",
    "apply_edits",
    "definitions",
    "split_lines",
    "stray_markers",
]

Definable: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARKER = re.compile(r"# step (\d+)( \(helper\))?$")


@dataclass(frozen=True, slots=True)
class Marker:
    """What `# step N` or `# step N (helper)` says."""

    step: int
    helper: bool


@dataclass(frozen=True, slots=True)
class Definition:
    """A function or class in its text; lines count from 1, and include decorators.

    Attributes:
        qualname: Such as `WorkItem.name`.
        key: The qualname; for a property's setter or deleter with `.setter` or `.deleter`
            behind it, so that it tells the two apart.
        node: What `ast` made of it.
        marker: The step that asks for it, if any.
    """

    qualname: str
    key: str
    node: Definable
    marker: Marker | None

    @property
    def first_line(self) -> int:
        """The line of the first decorator, or of the definition itself."""
        return min([self.node.lineno, *(d.lineno for d in self.node.decorator_list)])

    @property
    def last_line(self) -> int:
        """The last line of the last statement."""
        return self.node.end_lineno or self.node.lineno

    @property
    def is_class(self) -> bool:
        """Whether this is a class."""
        return isinstance(self.node, ast.ClassDef)


@lru_cache(maxsize=256)  # a rehearsal asks a thousand times for the same twenty files
def definitions(source: str) -> tuple[Definition, ...]:
    """The definitions of a module, and of its classes, in the order of the text.

    Raises:
        SyntaxError: Python cannot parse the source.
    """
    return tuple(_within(parse(source), "", _markers(source)))


def stray_markers(source: str) -> tuple[int, ...]:
    """Lines with a marker that belongs to no definition: a formatter may have moved it."""
    at_home = {definition.node.lineno for definition in definitions(source)}
    return tuple(sorted(_markers(source).keys() - at_home))


def _within(
    parent: ast.Module | ast.ClassDef, prefix: str, markers: dict[int, Marker]
) -> Iterator[Definition]:
    for node in parent.body:
        if not isinstance(node, Definable):
            continue
        qualname = prefix + node.name
        yield Definition(qualname, qualname + _accessor(node), node, markers.get(node.lineno))
        if isinstance(node, ast.ClassDef):
            yield from _within(node, f"{qualname}.", markers)


def _accessor(node: Definable) -> str:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Attribute) and decorator.attr in ("setter", "deleter"):
            return f".{decorator.attr}"
    return ""


def _markers(source: str) -> dict[int, Marker]:
    found = {}
    unix = _LINE_END.sub("\n", source)  # tokenize, unlike Python itself, knows no lone \r
    for token in tokenize.generate_tokens(io.StringIO(unix).readline):
        if token.type == tokenize.COMMENT and (match := _MARKER.search(token.string)):
            found[token.start[0]] = Marker(int(match[1]), helper=match[2] is not None)
    return found


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines `first` to `last` (from 1, both included) become these lines.

    With `last = first - 1` the lines are inserted before line `first`.
    """

    first: int
    last: int
    lines: tuple[str, ...] = ()


def apply_edits(source: str, edits: list[Edit]) -> str:
    """Carry out edits that do not overlap; insertions at one place keep their order.

    Lines that are not edited keep their line ends; the new ones get that of the first line.
    """
    lines = _LINE.findall(source)
    found = _LINE_END.search(source)
    end = found[0] if found else "\n"
    if lines and not lines[-1].endswith(("\r", "\n")):
        lines[-1] += end
    for edit in sorted(edits, key=lambda edit: edit.first)[::-1]:
        lines[edit.first - 1 : edit.last] = [line + end for line in edit.lines]
    return "".join(lines)


def split_lines(source: str) -> list[str]:
    """The lines as Python's parser counts them: `str.splitlines` also ends one at a form feed."""
    lines = _LINE_END.split(source)
    return lines if lines[-1] else lines[:-1]
