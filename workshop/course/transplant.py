"""Put definitions from one text into the place of those of the same name in another."""

import ast
from dataclasses import dataclass, field

from workshop.course.definitions import (
    Definable,
    Definition,
    Edit,
    apply_edits,
    definitions,
    split_lines,
)
from workshop.course.parsing import decode, parse

__all__ = ["replace_definitions", "replaced_by", "transplant"]


def replace_definitions(source: bytes, donor: str, step: int) -> bytes | None:
    """Replace what a step asks for by the donor's version, and keep all the rest.

    Encoding, line ends and the width of the indentation stay those of the source.

    Returns:
        The new bytes, or `None` if the source does not parse or lacks one of the definitions.
    """
    wanted = [d for d in definitions(donor) if d.marker and d.marker.step == step]
    try:
        text, encoding = decode(source)
        present = {d.key: d for d in definitions(text)}
        edits = [
            _replacing(present[d.key], _indented(_text(donor, d), _indent(text, present[d.key])))
            for d in wanted
        ]
        changed = apply_edits(text, edits)
        parse(changed)
        return changed.encode(encoding)
    except (KeyError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def transplant(package: dict[str, str], donor: str) -> dict[str, str]:
    """Build a wrong answer: the package with the donor's definitions in place of its own.

    A function replaces the function of that name. A class is merged member by member, or
    replaces the whole class if its `class` line ends in `# whole`. Imports and other statements
    go below the package's own imports. A definition whose name the package does not have joins
    the file of the first one that it does have.

    Raises:
        ValueError: The package has none of the donor's definitions.
    """
    grafts = {name: _Graft(text) for name, text in package.items()}
    donated = [node for node in parse(donor).body if not _is_docstring(node)]
    known = {d.qualname: graft for graft in grafts.values() for d in graft.present.values()}
    host = next(
        (known[n.name] for n in donated if isinstance(n, Definable) and n.name in known), None
    )
    if host is None:
        raise ValueError("it defines nothing that the package has")
    for node in donated:
        if isinstance(node, Definable):
            known.get(node.name, host).put(node, donor)
        else:
            host.put_below_imports(node, donor)
    return {name: graft.finish() for name, graft in grafts.items()}


def replaced_by(donor: str) -> frozenset[str]:
    """The keys of what `transplant` puts in: functions, and what classes have besides them.

    A class stands for itself if it replaces the whole class, or brings fields.
    """
    keys = set()
    for definition in definitions(donor):
        body = definition.node.body
        fields = any(isinstance(node, ast.Assign | ast.AnnAssign) for node in body)
        if not definition.is_class or fields or _is_whole(definition.node, donor):
            keys.add(definition.key)
    return frozenset(keys)


@dataclass
class _Graft:
    """One file that definitions are put into."""

    source: str
    present: dict[str, Definition] = field(init=False)
    edits: list[Edit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.present = {d.key: d for d in definitions(self.source)}

    def finish(self) -> str:
        return apply_edits(self.source, self.edits) if self.edits else self.source

    def put(self, node: Definable, donor: str) -> None:
        own = self.present.get(node.name)
        merged = isinstance(node, ast.ClassDef) and not _is_whole(node, donor)
        if own and own.is_class and merged:
            for member in node.body:
                self._put_member(own, member, donor)
        elif own:
            self.edits.append(_replacing(own, _lines(donor, node)))
        else:
            self._insert(len(split_lines(self.source)) + 1, ("", "", *_lines(donor, node)))

    def _put_member(self, own: Definition, member: ast.stmt, donor: str) -> None:
        if _is_docstring(member):
            return
        keys = {d.node.lineno: d.key for d in definitions(donor)}
        twin = self.present.get(keys.get(member.lineno, ""))
        if twin:
            self.edits.append(_replacing(twin, _lines(donor, member)))
        else:
            self._insert(own.last_line + 1, ("", *_lines(donor, member)))

    def put_below_imports(self, node: ast.stmt, donor: str) -> None:
        body = parse(self.source).body
        above = [n for n in body if _is_docstring(n) or isinstance(n, ast.Import | ast.ImportFrom)]
        self._insert((above[-1].end_lineno or 0) + 1 if above else 1, _lines(donor, node))

    def _insert(self, before: int, lines: tuple[str, ...]) -> None:
        self.edits.append(Edit(before, before - 1, lines))


def _replacing(own: Definition, lines: tuple[str, ...]) -> Edit:
    return Edit(own.first_line, own.last_line, lines)


def _text(source: str, definition: Definition) -> tuple[str, ...]:
    return tuple(split_lines(source)[definition.first_line - 1 : definition.last_line])


def _indent(source: str, definition: Definition) -> str:
    line = split_lines(source)[definition.first_line - 1]
    return line[: len(line) - len(line.lstrip())]


def _indented(lines: tuple[str, ...], indent: str) -> tuple[str, ...]:
    """The lines of a definition, moved to where the student's own begins: behind a tab, say."""
    width = len(lines[0]) - len(lines[0].lstrip())
    return tuple(
        indent + line[width:] if line[:width].isspace() or not width else line for line in lines
    )


def _lines(source: str, node: ast.stmt) -> tuple[str, ...]:
    decorators = node.decorator_list if isinstance(node, Definable) else []
    first = min([node.lineno, *(d.lineno for d in decorators)])
    return tuple(split_lines(source)[first - 1 : node.end_lineno])


def _is_whole(node: Definable, donor: str) -> bool:
    return "# whole" in split_lines(donor)[node.lineno - 1]


def _is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
