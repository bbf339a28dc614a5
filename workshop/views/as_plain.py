"""Plain text: no colour, no box drawing, every word in reading order; for logs and for ears."""

from collections.abc import Iterable
from itertools import pairwise
from textwrap import wrap
from typing import assert_never

from .comparisons import LineByLine, Marked, SideBySide
from .describe import Shown, describe
from .document import (
    Block,
    Caution,
    Code,
    Diff,
    Excerpt,
    Footnote,
    Headline,
    Judged,
    Labelled,
    Listing,
    NextAction,
    Paragraph,
    Table,
    Verbatim,
    belongs_to,
)
from .prose import spans
from .symbols import encodable

__all__ = ["as_plain"]


def as_plain(shown: Shown, width: int, encoding: str) -> str:
    """The document in lines of at most `width` characters, but for words that are longer."""
    document = describe(shown)
    lines = _lines(document[0], width)
    for before, block in pairwise(document):
        lines += [] if belongs_to(before, block) else [""]
        lines += _lines(block, width)
    return encodable("\n".join(lines), encoding)


def _lines(block: Block, width: int) -> list[str]:
    match block:
        case Headline(text=text) | Footnote(text=text):
            return _wrapped(text, width)
        case Paragraph(text=text):
            return _prose(text, width)
        case Caution(text=text):
            return _prose(f"Warning: {text}", width)
        case NextAction(text=text):
            return _prose(f"Next: {text}", width)
        case Labelled(label=label, text=text) | Judged(word=label, text=text):
            return _prose(f"{label}: {text}", width)
        case Listing(label=label, items=items):
            return [f"{label}:", *_verbatim(items, width)]
        case Verbatim() | Marked() if _fits_beside(block.label, block.text, width):
            return [f"{block.label}: {block.text}"]
        case Verbatim(label=label, text=text) | Marked(label=label, text=text):
            return [f"{label}:", *_verbatim(text.split("\n"), width)]
        case Code(text=text):
            return _code(text.split("\n"))
        case Excerpt(label=label, file=file, line=line, text=text):
            return [*_wrapped(f"{label}: {file}:{line}", width), *_code([text])]
        case Diff(file=file, lines=lines):
            return [*_wrapped(f"File {file}:", width), *_code(lines, indent="")]
        case LineByLine(label=label, lines=compared):
            told = [f"{line.side:<10}{line.text}" for line in compared]
            return [f"{label}:", *_verbatim(told, width)]
        case SideBySide(name=name):
            yours, ours = _code(block.yours), _code(block.ours)
            return [f"Yours, {name}:", *yours, "", f"Ours, {name}:", *ours]
        case Table(rows=rows):
            return [line for row in rows for line in _wrapped(row.sentence, width)]
        case _:
            assert_never(block)


def _fits_beside(label: str, text: str, width: int) -> bool:
    return "\n" not in text and len(f"{label}: {text}") <= width


def _prose(text: str, width: int) -> list[str]:
    """With the backticks, which tell where a command ends, and without what is only loud."""
    text = "".join(f"`{span.text}`" if span.code else span.text for span in spans(text))
    return _wrapped(text, width)


def _wrapped(text: str, width: int) -> list[str]:
    """Broken at spaces only: a command or a path stays whole."""
    return wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _code(lines: Iterable[str], indent: str = "    ") -> list[str]:
    """Never folded: a line of code that is cut in two is another program."""
    return [(indent + line).rstrip() for line in lines]


def _verbatim(lines: Iterable[str], width: int) -> list[str]:
    """Folded where a line is too long; no character is lost, since each may be the mistake."""
    indent = "    "
    room = width - len(indent)
    return [
        (indent + line[start : start + room]).rstrip()
        for line in lines
        for start in range(0, max(len(line), 1), room)
    ]
