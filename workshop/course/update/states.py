"""A module of a student's package, as the older release gave it and as the newer one gives it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from workshop.course.blanks import blank
from workshop.course.definitions import (
    Definition,
    Edit,
    apply_edits,
    definitions,
    split_lines,
)

__all__ = ["Three", "three_of"]

_MARKER = re.compile(r"(?<=# step )\d+(?=(?: \(helper\))?\s*$)")
_REFUSAL = re.compile(r"""(?<=raise NotImplementedError\(["']step )\d+(?=:)""")


@dataclass(frozen=True, slots=True)
class Three:
    """A module as it was delivered, as it is, and as it is delivered now."""

    old: str
    theirs: str
    new: str


def three_of(
    old_solution: str, theirs: str, new_solution: str, numbers: Mapping[int, int]
) -> Three:
    """The three versions of a module, all with the numbers that steps have now.

    Steps that are ours word for word, since the student has caught up, are solved in the old
    version and in the new one; all others are blank in both.

    Raises:
        SyntaxError: The student's text cannot be parsed.
    """
    given = _given(old_solution, theirs)
    still = frozenset(numbers[step] for step in given if step in numbers)
    return Three(
        old=_renumbered(blank(old_solution, 1, given), numbers),
        theirs=_renumbered(theirs, numbers),
        new=blank(new_solution, 1, still),
    )


def _given(solution: str, theirs: str) -> frozenset[int]:
    """The steps for which the student has our solution, every definition of it."""
    own = {d.key: _text(theirs, d) for d in definitions(theirs)}
    steps: dict[int, bool] = {}
    for d in definitions(solution):
        if d.marker:
            same = own.get(d.key) == _text(solution, d)
            steps[d.marker.step] = steps.get(d.marker.step, True) and same
    return frozenset(step for step, same in steps.items() if same)


def _text(source: str, definition: Definition) -> list[str]:
    return split_lines(source)[definition.first_line - 1 : definition.last_line]


def _renumbered(source: str, numbers: Mapping[int, int]) -> str:
    """The text with the markers and the refusals of steps that have other numbers now."""
    if all(old == new for old, new in numbers.items()):
        return source
    marked = {d.node.lineno for d in definitions(source) if d.marker}

    def now(match: re.Match[str]) -> str:
        return str(numbers.get(int(match[0]), match[0]))

    edits = []
    for number, line in enumerate(split_lines(source), start=1):
        changed = _REFUSAL.sub(now, _MARKER.sub(now, line) if number in marked else line)
        if changed != line:
            edits.append(Edit(number, number, (changed,)))
    return apply_edits(source, edits) if edits else source
