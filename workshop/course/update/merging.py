"""Merge what a release changed in a module into a text that its student has changed.

Unit by unit: one that the student left as it was delivered becomes the new one; one that they wrote
stays theirs; a new one is put in. Where both have changed, theirs stays and a clash is reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from workshop.course.definitions import Edit, apply_edits
from workshop.course.parsing import parse
from workshop.course.update.units import Unit, UnmergeableError, bindings, units

__all__ = ["Clash", "Merged", "merge"]


@dataclass(frozen=True, slots=True)
class Clash:
    """What both have changed, by name, and the number of the step that asks for it."""

    name: str
    step: int | None


@dataclass(frozen=True, slots=True)
class Merged:
    """The text of the student's file, as it is to be."""

    text: str
    clashes: tuple[Clash, ...]


def merge(old: str, theirs: str, new: str) -> Merged:
    """Merge three versions of a module: as delivered, the student's, and the new one.

    Raises:
        SyntaxError: The student's text cannot be parsed.
        UnmergeableError: It cannot be taken apart, or the merged text is no Python.
    """
    before, own, after = units(old), units(theirs), units(new)
    merging = _Merge()
    merging.imports(before, own, after)
    merging.bodies(before, own, after, start=_start(own), indent="")
    edits = sorted(merging.edits, key=lambda edit: (edit.first, edit.last))
    text = apply_edits(theirs, edits) if edits else theirs
    try:
        parse(text)
    except SyntaxError as error:
        raise UnmergeableError("what came of it is no Python.") from error
    return Merged(text, tuple(dict.fromkeys(merging.clashes)))


def _start(module: Sequence[Unit]) -> int:
    """The line below which a module's own statements begin: its docstring and its imports."""
    start = 0
    for unit in module:
        if not unit.imported and unit.name != "__doc__":
            break
        start = unit.last
    return start


@dataclass
class _Merge:
    edits: list[Edit] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)

    def imports(self, before: Sequence[Unit], own: Sequence[Unit], after: Sequence[Unit]) -> None:
        """See to it that all is imported that the new version imports.

        An import of the student's stays. One that was delivered goes if another took its place,
        since what it names may be gone.
        """
        untouched = {unit.lines for unit in before} - {unit.lines for unit in after}
        bound = {binding.name for binding in bindings(after).values()}
        kept = []
        for unit in own:
            names = {binding.name for binding in unit.imported}
            if names and unit.lines in untouched and names <= bound:
                self.edits.append(Edit(unit.first, unit.last))
            else:
                kept.append(unit)
        there = bindings(kept)
        for unit in after:
            missing = [b.statement for b in unit.imported if b.statement not in there]
            if missing:
                whole = len(missing) == len(unit.imported)
                future = missing[0].startswith("from __future__")
                place = _below_docstring(own) if future else _start(own) + 1
                self.edits.append(Edit(place, place - 1, unit.lines if whole else tuple(missing)))

    def bodies(
        self,
        before: Sequence[Unit],
        own: Sequence[Unit],
        after: Sequence[Unit],
        *,
        start: int,
        indent: str,
    ) -> None:
        """Merge a module, or the members of a class; `start` is the line above the first."""
        olds = {unit.key: unit for unit in before}
        mine = {unit.key: unit for unit in own}
        news = {unit.key: unit for unit in after}
        for unit in own:
            if not unit.imported:
                self._existing(olds.get(unit.key), unit, news.get(unit.key))
        place = start
        for unit in after:
            if unit.imported:
                continue
            if unit.key in mine:
                place = mine[unit.key].end
            elif unit.key not in olds:
                self.edits.append(Edit(place + 1, place, unit.moved(indent, with_gap=True)))
            elif olds[unit.key].lines != unit.lines:
                self._clash(unit)

    def _existing(self, old: Unit | None, own: Unit, new: Unit | None) -> None:
        if new is None:
            if old and old.lines == own.lines and (old.is_blank or old.is_statement):
                self.edits.append(Edit(own.first - own.blank_above, own.last))
        elif _is_opened(own) and _is_opened(new) and (old is None or _is_opened(old)):
            self._three(old and old.only_head(), own.only_head(), new.only_head())
            self.bodies(
                old.members if old else (),
                own.members,
                new.members,
                start=own.head,
                indent=own.members[0].indent,
            )
        else:
            self._three(old, own, new)

    def _three(self, old: Unit | None, own: Unit, new: Unit) -> None:
        if own.lines == new.lines or (old and old.lines == new.lines):
            return
        if old and old.lines == own.lines:
            self.edits.append(Edit(own.first, own.last, new.moved(own.indent)))
        else:
            self._clash(new)

    def _clash(self, unit: Unit) -> None:
        self.clashes.append(Clash(unit.name, unit.step))


def _is_opened(unit: Unit) -> bool:
    """Whether it is a class that is merged member by member: a step asks for it as a whole."""
    return bool(unit.members) and unit.step is None


def _below_docstring(module: Sequence[Unit]) -> int:
    return module[0].last + 1 if module and module[0].name == "__doc__" else 1
