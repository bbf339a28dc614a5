"""A result in words, before anything is decided about how it looks.

A document is a tuple of blocks. Every renderer shows every kind of block; none adds words of
its own, apart from short labels such as "Next".
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .comparisons import LineByLine, Marked, SideBySide

__all__ = [
    "Block",
    "Caution",
    "Cell",
    "Code",
    "Column",
    "Diff",
    "Excerpt",
    "Footnote",
    "Headline",
    "Judged",
    "Labelled",
    "LabelledBlock",
    "Listing",
    "NextAction",
    "Paragraph",
    "Row",
    "Table",
    "Tone",
    "Verbatim",
    "belongs_to",
]

Tone: TypeAlias = Literal["good", "bad", "active", "open", "neutral"]
"""What a symbol and a colour may repeat; the words always say it too."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The whole answer in one sentence of prose; the first block of a document."""

    tone: Tone
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose; text between backticks is code, here and in every block of prose."""

    text: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """Prose under a label."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Names under a label."""

    label: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text of the student's or of Python's under a label, with its line breaks and no markup."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Lines of code in the middle of prose."""

    text: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of a file, and where it is."""

    label: str
    file: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Diff:
    """A unified diff of one file, without the lines that name the files."""

    file: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's header; numbers are aligned at the right, prose may be broken into lines."""

    header: str
    numeric: bool = False
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a table; a tone adds a symbol to the word."""

    text: str
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, and the same in a sentence, for those who hear it."""

    cells: tuple[Cell, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the headers of their columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing that was looked at, and how it was found."""

    tone: Tone
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Caution:
    """What the student should know besides."""

    text: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """Where the answer comes from; the least important block."""

    text: str


@dataclass(frozen=True, slots=True)
class NextAction:
    """What to do now; the last blocks, since a terminal shows the last lines."""

    text: str


Block: TypeAlias = (
    Headline
    | Paragraph
    | Labelled
    | Listing
    | Verbatim
    | Code
    | Excerpt
    | Diff
    | Marked
    | LineByLine
    | SideBySide
    | Table
    | Judged
    | Caution
    | Footnote
    | NextAction
)

LabelledBlock: TypeAlias = Labelled | Listing | Verbatim | Marked | Excerpt


def belongs_to(before: Block, block: Block) -> bool:
    """Whether two blocks read better without a blank line between them."""
    close = LabelledBlock | LineByLine | Judged
    both = (before, block)
    return all(isinstance(b, close) for b in both) or all(isinstance(b, NextAction) for b in both)
