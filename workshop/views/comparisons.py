"""Blocks of a document that set two texts beside each other.

What differs is marked by the renderers in their own way, and never by that alone: a word or a sign
goes with every mark.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["ComparedLine", "LineByLine", "Marked", "Piece", "Side", "SideBySide", "Stretch"]

Side: TypeAlias = Literal["expected", "got", "both"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line; `differs` if the other text has something else there, or nothing."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """One line of text under a label, in pieces."""

    label: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line, and whose it is."""

    side: Side
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class LineByLine:
    """Two texts of several lines in one column, each line with the word that says whose it is."""

    label: str
    lines: tuple[ComparedLine, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that both have alike, or what stands on either side instead of the other's."""

    yours: tuple[str, ...]
    ours: tuple[str, ...]

    @property
    def alike(self) -> bool:
        """Whether both have the same lines."""
        return self.yours == self.ours


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The student's version of a definition, and ours."""

    name: str
    stretches: tuple[Stretch, ...]

    @property
    def yours(self) -> tuple[str, ...]:
        """The student's version, from its first line to its last."""
        return tuple(line for stretch in self.stretches for line in stretch.yours)

    @property
    def ours(self) -> tuple[str, ...]:
        """Our version."""
        return tuple(line for stretch in self.stretches for line in stretch.ours)
