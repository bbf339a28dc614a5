"""HTML that shows wherever a notebook shows, also one that is not trusted yet.

Such a notebook keeps inline styles and drops scripts, classes and style sheets, so there are none.
Text has the colour of the page. Only signs and lines are coloured, in shades that stand out from
white and from black alike; the words say what the colours say.
"""

from collections.abc import Iterable
from html import escape
from typing import assert_never

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
    Tone,
    Verbatim,
)
from .prose import Span, spans
from .symbols import UNICODE

__all__ = ["as_html"]

_GREY = "#808080"
_COLOURS: dict[Tone, str] = {
    "good": "#2c8a43",
    "bad": "#d64541",
    "active": "#3b7dd8",
    "open": "#8a7200",
    "neutral": _GREY,
}
_TINTS = {
    "+": "background-color: rgba(44, 138, 67, 0.2)",
    "-": "background-color: rgba(214, 69, 65, 0.2)",
}
_MONOSPACE = "font-family: monospace; font-size: 13px"
_CODE = f"{_MONOSPACE}; padding: 0; color: inherit; background: transparent; white-space: pre-wrap"
_PRE = (
    f"{_MONOSPACE}; margin: 4px 0; padding: 4px 8px; border: 1px solid {_GREY}; "
    "border-radius: 3px; white-space: pre-wrap; overflow-wrap: break-word; line-height: 1.4; "
    "color: inherit; background: transparent"
)
_CELL = "padding: 3px 12px 3px 0; vertical-align: top; color: inherit; background: transparent"
_SHORT = 80  # characters that stand beside their label at a notebook's width


def as_html(shown: Shown) -> str:
    """The document as one `div` without scripts, classes, style sheets or links."""
    document = describe(shown)
    headline = document[0]
    colour = _COLOURS[headline.tone] if isinstance(headline, Headline) else _GREY
    style = f"border-left: 4px solid {colour}; padding: 2px 0 2px 12px; max-width: 760px"
    return f'<div dir="ltr" style="{style}">{"".join(map(_block, document))}</div>'


def _block(block: Block) -> str:
    match block:
        case Headline(tone=tone, text=text):
            headline = f"<strong>{_sign(tone)} {_prose(text)}</strong>"
            return _paragraph(headline, "font-size: 16px")
        case Paragraph(text=text):
            return _paragraph(_prose(text))
        case Labelled(label=label, text=text):
            return _paragraph(_label(label) + _prose(text))
        case Listing(label=label, items=items):
            return _paragraph(_label(label) + ", ".join(map(_code, items)))
        case Verbatim(label=label, text=text) if "\n" not in text and len(text) <= _SHORT:
            return _paragraph(_label(label) + _code(text))
        case Verbatim(label=label, text=text):
            return _paragraph(_label(label)) + _pre(escape(text))
        case Code(text=text):
            return _pre(escape(text))
        case Excerpt(label=label, file=file, line=line, text=text):
            return _paragraph(_label(label) + _code(f"{file}:{line}")) + _pre(escape(text))
        case Diff(file=file, lines=lines):
            return _paragraph(_label("File") + _code(file)) + _pre("".join(map(_diff_line, lines)))
        case Table(columns=columns, rows=rows):
            return _table(columns, [row.cells for row in rows])
        case Judged(tone=tone, word=word, text=text):
            return _paragraph(f"{_sign(tone)} {_label(word)}{escape(text)}")
        case Caution(text=text):
            return _paragraph(f"{UNICODE.caution} {_label('Warning')}{_prose(text)}")
        case Footnote(text=text):
            return _paragraph(escape(text), "font-size: 12px")
        case NextAction(text=text):
            return _paragraph(f"{UNICODE.next} {_label('Next')}{_prose(text)}")
        case _:
            assert_never(block)


def _paragraph(content: str, style: str = "font-size: 14px") -> str:
    return f'<p style="margin: 6px 0; overflow-wrap: break-word; {style}">{content}</p>'


def _label(label: str) -> str:
    return f"<strong>{escape(label)}:</strong> "


def _sign(tone: Tone) -> str:
    return f'<span style="color: {_COLOURS[tone]}">{UNICODE.of(tone)}</span>'


def _prose(text: str) -> str:
    return "".join(map(_span, spans(text)))


def _span(span: Span) -> str:
    content = _code(span.text) if span.code else escape(span.text)
    return f"<strong>{content}</strong>" if span.strong else content


def _code(text: str) -> str:
    return f'<code dir="ltr" style="{_CODE}">{escape(text)}</code>'


def _pre(content: str) -> str:
    return f'<pre dir="ltr" style="{_PRE}">{content}</pre>'


def _diff_line(line: str) -> str:
    tint = _TINTS.get(line[:1], "")
    return f'<span style="display: block; {tint}">{escape(line) or " "}</span>'


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
    return f"{_CELL}; text-align: {side}; white-space: {space}"


def _cell(cell: Cell, style: str) -> str:
    sign = f"{_sign(cell.tone)} " if cell.tone else ""
    return f'<td style="{style}">{sign}{escape(cell.text)}</td>'
