"""Small slips in a solution, as a student might make them: what the catalogue has not foreseen.

Only what a step asks for is mutated, one place at a time.
"""

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workshop.course.definitions import Definition, definitions

__all__ = ["Mutant", "mutants"]

_COMPARISONS: dict[type[ast.cmpop], Sequence[type[ast.cmpop]]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}

_REMOVABLE = (ast.AnnAssign, ast.Assign, ast.AugAssign, ast.Expr, ast.For, ast.If, ast.Raise)

_NO_CODE = ("annotation", "args", "bases", "decorator_list", "pattern", "returns")
"""Fields that declare something; of a call, `args` are code."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A slip.

    Attributes:
        definition: The key of the innermost function or class that it is in.
        change: What was changed, in one line.
        text: The whole file with the slip in it.
    """

    definition: str
    change: str
    text: str


def mutants(source: str, step: int) -> Iterator[Mutant]:
    """All slips in what a step asks for, in the order of the text."""
    known = definitions(source)
    asked = [d for d in known if d.marker and d.marker.step == step]
    tree = ast.parse(source)
    for parent, name, index, node in _places(tree):
        home = _home(node, known)
        if home is None or not any(_holds(d, node) for d in asked):
            continue
        for slip in _slips(node, home.node):
            ast.copy_location(slip, node)
            _put(parent, name, index, slip)
            text = ast.unparse(ast.fix_missing_locations(tree))
            _put(parent, name, index, node)
            if _compiles(text):
                yield Mutant(home.key, f"{_line(node)} -> {_line(slip)}", text)


def _slips(node: ast.AST, home: ast.AST) -> Iterator[ast.AST]:
    """What might stand in the place of a node."""
    match node:
        case ast.Compare(ops=[op]):
            for other in _COMPARISONS.get(type(op), ()):
                yield _with(node, ops=[other()])
        case ast.BoolOp(op=op, values=[first, *_]):
            yield _with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
            yield first
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.IfExp(body=body, orelse=orelse):
            yield _with(node, body=orelse, orelse=body)
        case ast.If(body=body, orelse=[_, *_] as orelse):
            yield _with(node, body=orelse, orelse=body)
        case ast.Attribute(value=ast.Name(id=owner), ctx=ast.Load()):
            yield from (_with(node, attr=other) for other in _others(node, owner, home))
        case ast.Return(value=ast.expr()):
            yield ast.Return(None)
        case _:
            pass
    if isinstance(node, _REMOVABLE) and not _is_docstring(node):
        yield ast.Pass()


def _others(node: ast.Attribute, owner: str, home: ast.AST) -> list[str]:
    """The other attributes of the same name that the same definition reads."""
    found = {
        other.attr
        for other in ast.walk(home)
        if isinstance(other, ast.Attribute)
        and isinstance(other.value, ast.Name)
        and other.value.id == owner
    }
    return sorted(found - {node.attr})


def _places(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Each node that may be replaced: its parent, and where in the parent it is."""
    for parent in ast.walk(tree):
        if isinstance(parent, ast.JoinedStr):  # the wording of a message is nobody's mistake
            continue
        for name, value in ast.iter_fields(parent):
            if name in _NO_CODE and not isinstance(parent, ast.Call):
                continue
            for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(node, ast.stmt | ast.expr):
                    yield parent, name, index, node


def _put(parent: ast.AST, name: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[index] = node


def _home(node: ast.AST, known: Sequence[Definition]) -> Definition | None:
    holding = [d for d in known if d.node is not node and _holds(d, node)]
    return holding[-1] if holding else None


def _holds(definition: Definition, node: ast.AST) -> bool:
    line = getattr(node, "lineno", 0)
    return definition.node.lineno < line <= definition.last_line


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _compiles(text: str) -> bool:
    try:
        compile(text, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _line(node: ast.AST) -> str:
    return ast.unparse(node).splitlines()[0]
