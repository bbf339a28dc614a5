"""HTML that shows wherever a notebook shows, also one that is not trusted yet.

Such a notebook keeps inline styles and drops scripts, classes and style sheets, so there are none.
Text has the colour of the page. Only signs and lines are coloured, in shades that stand out from
white and from black alike; the words say what the colours say.
"""

from collections.abc import Iterable
from html import escape
from typing import assert_never

from .comparisons import LineByLine, Marked, SideBySide
from .describe import Shown, describe
from .document import (
    Block,
    Caution,
    Cell,
    Code,
    Column,
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
)
from .html_comparisons import line_by_line, marked, side_by_side, tinted
from .html_parts import CELL, COLOURS, GREY, code, lead, paragraph, pre, prose, sign_of
from .symbols import UNICODE

__all__ = ["as_html"]

_SHORT = 80  # characters that stand beside their label at a notebook's width


def as_html(shown: Shown) -> str:
    """The document as one `div` without scripts, classes, style sheets or links."""
    document = describe(shown)
    headline = document[0]
    colour = COLOURS[headline.tone] if isinstance(headline, Headline) else GREY
    width = 1100 if any(isinstance(block, SideBySide) for block in document) else 760
    style = f"border-left: 4px solid {colour}; padding: 2px 0 2px 12px; max-width: {width}px"
    return f'<div dir="ltr" style="{style}">{"".join(map(_block, document))}</div>'


def _block(block: Block) -> str:
    match block:
        case Headline(tone=tone, text=text):
            headline = f"<strong>{sign_of(tone)} {prose(text)}</strong>"
            return paragraph(headline, "font-size: 16px")
        case Paragraph(text=text):
            return paragraph(prose(text))
        case Labelled(label=label, text=text):
            return paragraph(lead(label) + prose(text))
        case Listing(label=label, items=items):
            return paragraph(lead(label) + ", ".join(map(code, items)))
        case Verbatim(label=label, text=text) if "\n" not in text and len(text) <= _SHORT:
            return paragraph(lead(label) + code(text))
        case Verbatim(label=label, text=text):
            return paragraph(lead(label)) + pre(escape(text))
        case Code(text=text):
            return pre(escape(text))
        case Excerpt(label=label, file=file, line=line, text=text):
            return paragraph(lead(label) + code(f"{file}:{line}")) + pre(escape(text))
        case Diff(file=file, lines=lines):
            return paragraph(lead("File") + code(file)) + pre("".join(map(tinted, lines)))
        case Marked(label=label, pieces=pieces):
            return paragraph(marked(label, pieces))
        case LineByLine(label=label, lines=lines):
            return paragraph(lead(label)) + line_by_line(lines)
        case SideBySide():
            return side_by_side(block)
        case Table(columns=columns, rows=rows):
            return _table(columns, [row.cells for row in rows])
        case Judged(tone=tone, word=word, text=text):
            return paragraph(f"{sign_of(tone)} {lead(word)}{escape(text)}")
        case Caution(text=text):
            return paragraph(f"{UNICODE.caution} {lead('Warning')}{prose(text)}")
        case Footnote(text=text):
            return paragraph(escape(text), "font-size: 12px")
        case NextAction(text=text):
            return paragraph(f"{UNICODE.next} {lead('Next')}{prose(text)}")
        case _:
            assert_never(block)


def _table(columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]]) -> str:
    styles = [_column_style(column) for column in columns]
    head = "".join(
        f'<th style="{style}">{escape(column.header)}</th>'
        for column, style in zip(columns, styles, strict=True)
    )
    body = "".join(f"<tr>{''.join(map(_cell, cells, styles))}</tr>" for cells in rows)
    style = "border-collapse: collapse; margin: 6px 0; font-size: 14px"
    return f'<table style="{style}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _column_style(column: Column) -> str:
    side = "right" if column.numeric else "left"
    space = "normal" if column.prose else "nowrap"
    return f"{CELL}; text-align: {side}; white-space: {space}"


def _cell(cell: Cell, style: str) -> str:
    sign = f"{sign_of(cell.tone)} " if cell.tone else ""
    return f'<td style="{style}">{sign}{escape(cell.text)}</td>'
