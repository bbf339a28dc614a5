"""The small part of Markdown in which hints, reasons and next actions are written.

Paragraphs are separated by blank lines, items begin with `- `, code stands between fences (three
backticks) or, within a line, between single backticks, and `**` surrounds what is strong. Nothing
else is special.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .document import Code, Paragraph

__all__ = ["Span", "one_paragraph", "prose", "spans"]

_FENCE = re.compile(r"^ *```.*\n?", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?= *- )")
_MARK = re.compile(r"(`[^`\n]+`|\*\*(?=\S)|(?<=\S)\*\*)")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line that looks the same from end to end."""

    text: str
    code: bool = False
    strong: bool = False


def prose(text: str) -> tuple[Paragraph | Code, ...]:
    """The text as paragraphs and pieces of code."""
    blocks: list[Paragraph | Code] = []
    for index, part in enumerate(_FENCE.split(text)):
        if index % 2:
            blocks.append(Code(part.strip("\n")))
        else:
            blocks += [Paragraph(one_paragraph(p)) for p in _PARAGRAPH.split(part) if p.strip()]
    return tuple(blocks)


def one_paragraph(text: str) -> str:
    """The text on one line; where a source file broke its lines means nothing."""
    return " ".join(text.split())


def spans(text: str) -> Iterator[Span]:
    """The pieces of a paragraph; a `**` without a partner stands for itself."""
    pieces = _MARK.split(text)
    in_pairs = pieces.count("**") // 2 * 2
    strong = False
    for index, piece in enumerate(pieces):
        if index % 2 and piece == "**" and in_pairs:
            strong = not strong
            in_pairs -= 1
        elif index % 2 and piece != "**":
            yield Span(piece[1:-1], code=True, strong=strong)
        elif piece:
            yield Span(piece, strong=strong)
