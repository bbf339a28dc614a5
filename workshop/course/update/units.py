"""A module in units that are merged one by one: its definitions, and the statements beside them."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from workshop.course.definitions import Definable, Definition, definitions, split_lines
from workshop.course.parsing import parse

__all__ = ["Binding", "Unit", "UnmergeableError", "bindings", "units"]


class UnmergeableError(Exception):
    """A text cannot be taken apart into units, or not be put together again."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A function, a class or a statement in a text; lines count from 1.

    Attributes:
        key: What it is found by in another version: its name, or all of it if it has none.
        name: What the student calls it.
        first: Its first line, decorators included.
        last: Its last line.
        end: The last line of the comments that belong to it, for what is put behind it.
        head: The last line of a class before its members.
        text: Its lines.
        gap: The blank lines and comments before it.
        indent: What its lines begin with.
        step: The step that asks for it.
        is_blank: Whether nobody has written it yet.
        imported: The names that it imports, if it is an import of the module.
        members: What a class consists of.
    """

    key: str
    name: str
    first: int
    last: int
    end: int
    head: int
    text: tuple[str, ...]
    gap: tuple[str, ...]
    indent: str
    step: int | None
    is_blank: bool
    imported: tuple["Binding", ...]
    members: tuple["Unit", ...]

    @property
    def is_statement(self) -> bool:
        """Whether it has no name that other code could know."""
        return not self.name

    @property
    def lines(self) -> tuple[str, ...]:
        """Its text at the left margin, to be compared."""
        return self.moved("")

    @property
    def blank_above(self) -> int:
        """How many blank lines stand right above it."""
        return len(list(takewhile(lambda line: not line.strip(), reversed(self.gap))))

    def moved(self, indent: str, *, with_gap: bool = False) -> tuple[str, ...]:
        """Its text, and what is above it, for another place."""
        return _moved((*self.gap, *self.text) if with_gap else self.text, len(self.indent), indent)

    def only_head(self) -> "Unit":
        """Decorators and the line of the class, without the members."""
        return replace(self, last=self.head, text=self.text[: self.head - self.first + 1])


@dataclass(frozen=True, slots=True)
class Binding:
    """A name that an import gives a meaning to, and how to write the import of it alone."""

    name: str
    statement: str


def units(source: str) -> tuple[Unit, ...]:
    """The units of a module, in the order of the text.

    Raises:
        SyntaxError: Python cannot parse the source.
        UnmergeableError: Two statements share a line.
    """
    return tuple(_Reader(source).within(parse(source).body, "", above=0))


def bindings(module: Sequence[Unit]) -> dict[str, Binding]:
    """What a module imports, by the import."""
    return {b.statement: b for unit in module for b in unit.imported}


def _moved(lines: Sequence[str], width: int, indent: str) -> tuple[str, ...]:
    """Lines with another indent; one that has none is inside a text, and stays."""
    return tuple(
        indent + line[width:] if line[:width].isspace() or not width else line for line in lines
    )


class _Reader:
    def __init__(self, source: str) -> None:
        self._lines = split_lines(source)
        self._known = {d.node.lineno: d for d in definitions(source)}

    def within(self, body: Sequence[ast.stmt], prefix: str, above: int) -> Iterator[Unit]:
        found: list[Unit] = []
        for node in body:
            unit = self._unit(node, prefix, above, is_first=node is body[0])
            if unit.first <= above:
                raise UnmergeableError(f"line {unit.first} has two statements.")
            above = unit.last
            found.append(unit)
        last = {unit.key: unit for unit in found}
        for place, unit in enumerate(found):  # of two definitions Python knows the last
            yield unit if last[unit.key] is unit else replace(unit, key=f"{unit.key} ({place})")

    def _unit(self, node: ast.stmt, prefix: str, above: int, *, is_first: bool) -> Unit:
        definition = self._known.get(node.lineno) if isinstance(node, Definable) else None
        first = definition.first_line if definition else node.lineno
        last = node.end_lineno or node.lineno
        width = node.col_offset
        text = tuple(self._lines[first - 1 : last])
        members, head = self._members(node)
        name = definition.qualname if definition else _target(node, prefix)
        key = definition.key if definition else name
        if is_first and ast.get_docstring(ast.Module([node], [])) is not None:
            name = key = f"{prefix}__doc__"
        marker = definition.marker if definition else None
        return Unit(
            key=key or "\n".join(text),
            name=name,
            first=first,
            last=last,
            end=self._end(last, width),
            head=head or last,
            text=text,
            gap=tuple(self._lines[self._end(above, width) : first - 1]),
            indent=self._lines[first - 1][:width],
            step=marker.step if marker else None,
            is_blank=any(map(_is_refusal, text)) and marker is not None,
            imported=tuple(_imported(node)) if not prefix else (),
            members=members,
        )

    def _members(self, node: ast.stmt) -> tuple[tuple[Unit, ...], int | None]:
        """What is in a class, and the last line before it; nothing if it is on one line."""
        if not isinstance(node, ast.ClassDef):
            return (), None
        begin = node.body[0].lineno
        known = self._known.get(begin)
        begin = known.first_line if known and isinstance(node.body[0], Definable) else begin
        if begin <= node.lineno:
            return (), None
        definition: Definition = self._known[node.lineno]
        prefix = f"{definition.qualname}."
        return tuple(self.within(node.body, prefix, above=begin - 1)), begin - 1

    def _end(self, last: int, width: int) -> int:
        end = last
        for number in range(last + 1, len(self._lines) + 1):
            text = self._lines[number - 1]
            deeper = text.lstrip().startswith("#") and len(text) - len(text.lstrip()) > width
            if last == 0 or (text.strip() and not deeper):
                break
            end = number if text.strip() else end
        return end


def _target(node: ast.stmt, prefix: str) -> str:
    """The name that an assignment is known by."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return prefix + name
        case _:
            return ""


def _imported(node: ast.stmt) -> Iterator[Binding]:
    match node:
        case ast.Import(names=names):
            for alias in names:
                name = alias.asname or alias.name.partition(".")[0]
                yield Binding(name, f"import {ast.unparse(alias)}")
        case ast.ImportFrom(module=module, names=names, level=level):
            for alias in names:
                whence = "." * level + (module or "")
                yield Binding(
                    alias.asname or alias.name, f"from {whence} import {ast.unparse(alias)}"
                )
        case _:
            pass


def _is_refusal(line: str) -> bool:
    return line.lstrip().startswith('raise NotImplementedError("step ')
