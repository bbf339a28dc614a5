"""The small part of Markdown in which hints and reasons are written.

Paragraphs are separated by blank lines, items begin with `- `, code stands between fences (three
backticks) or, within a line, between single backticks. Nothing else is special.
"""

import re

from .document import Code, Paragraph

__all__ = ["one_paragraph", "prose", "spans"]

_CODE = re.compile(r"`([^`\n]+)`")


def prose(text: str) -> tuple[Paragraph | Code, ...]:
    """The text as paragraphs and pieces of code."""
    blocks: list[Paragraph | Code] = []
    for index, part in enumerate(re.split(r"^ *```.*\n?", text, flags=re.MULTILINE)):
        if index % 2:
            blocks.append(Code(part.strip("\n")))
        else:
            paragraphs = re.split(r"\n\s*\n|\n(?= *- )", part)
            blocks += [Paragraph(one_paragraph(p)) for p in paragraphs if p.strip()]
    return tuple(blocks)


def one_paragraph(text: str) -> str:
    """The text on one line; where a source file broke its lines means nothing."""
    return " ".join(text.split())


def spans(text: str) -> list[tuple[str, bool]]:
    """The pieces of a line of prose, each with whether it is code."""
    pieces = [(piece, bool(index % 2)) for index, piece in enumerate(_CODE.split(text))]
    return [(piece, is_code) for piece, is_code in pieces if piece]
