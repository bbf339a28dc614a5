"""The definitions of one step, the student's beside ours.

A file holds several steps, so that a difference between whole files is mostly about other steps.
Here are what a step asks for and the helpers of both sides, and nothing else.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from workshop.course.definitions import Definition, definitions, split_lines

__all__ = ["Standing", "TwoVersions", "both_versions"]

Standing: TypeAlias = Literal["equal", "different", "blank", "missing", "only yours"]
"""How the student's version stands to ours.

`equal` looks at what Python reads, so that comments and the width of a line do not count; `blank`
is the starter's version; `missing` is not in the student's file, which is no fault in a helper.
"""

_MARKER = re.compile(r" *# step \d+( \(helper\))?$")


@dataclass(frozen=True, kw_only=True, slots=True)
class TwoVersions:
    """A function or class as the student has it, and as we have it.

    The lines begin at the left margin and are without the step's marker.

    Attributes:
        file: The student's file, relative to the workspace, with forward slashes.
        name: Such as `Board.schedule`; a property's setter has `.setter` behind it.
        standing: How the two stand to each other.
        helper: Whether the step does not ask for it by name.
        line: Where the student's begins, if there is one.
        yours: The student's lines; none if there is no such definition.
        ours: Our lines; none if only the student has it.
    """

    file: str
    name: str
    standing: Standing
    helper: bool
    line: int | None
    yours: tuple[str, ...]
    ours: tuple[str, ...]


def both_versions(
    file: str, yours: str, starter: str, solved: str, step: int
) -> tuple[TwoVersions, ...]:
    """What a step asks for in a file, then its helpers, in the order of our text.

    Args:
        file: The file's name, for the results.
        yours: What the student has.
        starter: The file before the step.
        solved: The file after it.
        step: The step's number.

    Raises:
        SyntaxError: Python cannot parse the student's text.
        ValueError: The student's text holds a null byte.
    """
    present = {d.key: d for d in definitions(yours)}
    before = {d.key: d for d in definitions(starter)}
    after = definitions(solved)
    asked = sorted(_of_the_step(after, step), key=_is_helper)
    pairs = []
    for ours in asked:
        own, blank = present.get(ours.key), before.get(ours.key)
        pairs.append(
            TwoVersions(
                file=file,
                name=ours.key,
                standing=_standing(own, ours, blank),
                helper=_is_helper(ours),
                line=own.first_line if own else None,
                yours=_lines(yours, own) if own else (),
                ours=_lines(solved, ours),
            )
        )
    used = "\n".join(line for pair in pairs for line in pair.yours)
    known = {d.key for d in after}
    extra = [d for d in present.values() if d.key not in known and _names(d, used)]
    shown = [d for d in asked if d.is_class]
    pairs += [_only_yours(file, yours, own) for own in _outermost(extra, shown)]
    return tuple(pairs)


def _of_the_step(found: Iterable[Definition], step: int) -> Iterator[Definition]:
    return _outermost(d for d in found if d.marker is not None and d.marker.step == step)


def _outermost(
    found: Iterable[Definition], around: Iterable[Definition] = ()
) -> Iterator[Definition]:
    """Those outside of the classes `around`: a class is shown whole, and its members not twice."""
    classes = [f"{definition.qualname}." for definition in around]
    for definition in found:
        if not definition.qualname.startswith(tuple(classes)):
            yield definition
        if definition.is_class:
            classes.append(f"{definition.qualname}.")


def _is_helper(definition: Definition) -> bool:
    return definition.marker is not None and definition.marker.helper


def _standing(own: Definition | None, ours: Definition, blank: Definition | None) -> Standing:
    if own is None:
        return "missing"
    if _read(own) == _read(ours):
        return "equal"
    return "blank" if blank is not None and _read(own) == _read(blank) else "different"


def _read(definition: Definition) -> str:
    return ast.dump(definition.node)


def _names(own: Definition, used: str) -> bool:
    """Whether the student's version of the step calls it: only then it belongs to the step."""
    return re.search(rf"\b{re.escape(own.node.name)}\b", used) is not None


def _only_yours(file: str, yours: str, own: Definition) -> TwoVersions:
    return TwoVersions(
        file=file,
        name=own.key,
        standing="only yours",
        helper=True,
        line=own.first_line,
        yours=_lines(yours, own),
        ours=(),
    )


def _lines(source: str, definition: Definition) -> tuple[str, ...]:
    lines = split_lines(source)[definition.first_line - 1 : definition.last_line]
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    return tuple(_MARKER.sub("", line.removeprefix(indent)).rstrip() for line in lines)
