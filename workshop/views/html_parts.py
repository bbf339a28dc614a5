"""The pieces that HTML answers are put together from: styles, labels, signs and code."""

from html import escape

from .document import Tone
from .prose import Span, spans
from .symbols import UNICODE

__all__ = [
    "CELL",
    "CODE",
    "COLOURS",
    "GREY",
    "PRE",
    "TINTS",
    "code",
    "lead",
    "paragraph",
    "pre",
    "prose",
    "sign_of",
]

GREY = "#808080"
COLOURS: dict[Tone, str] = {
    "good": "#2c8a43",
    "bad": "#d64541",
    "active": "#3b7dd8",
    "open": "#8a7200",
    "neutral": GREY,
}
TINTS = {
    "+": "background-color: rgba(44, 138, 67, 0.2)",
    "-": "background-color: rgba(214, 69, 65, 0.2)",
}
_MONOSPACE = "font-family: monospace; font-size: 13px"
CODE = f"{_MONOSPACE}; padding: 0; color: inherit; background: transparent; white-space: pre-wrap"
PRE = (
    f"{_MONOSPACE}; margin: 4px 0; padding: 4px 8px; border: 1px solid {GREY}; "
    "border-radius: 3px; white-space: pre-wrap; word-break: normal; overflow-wrap: break-word; "
    "line-height: 1.4; color: inherit; background: transparent"
)
CELL = "padding: 3px 12px 3px 0; vertical-align: top; color: inherit; background: transparent"


def paragraph(content: str, style: str = "font-size: 14px") -> str:
    """A paragraph of HTML."""
    return f'<p style="margin: 6px 0; overflow-wrap: break-word; {style}">{content}</p>'


def lead(label: str) -> str:
    """The label that a paragraph begins with."""
    return f"<strong>{escape(label)}:</strong> "


def sign_of(tone: Tone) -> str:
    """The tone's sign, in its colour."""
    return f'<span style="color: {COLOURS[tone]}">{UNICODE.of(tone)}</span>'


def prose(text: str) -> str:
    """Text with its code and what is strong in it."""
    return "".join(map(_span, spans(text)))


def _span(span: Span) -> str:
    content = code(span.text) if span.code else escape(span.text)
    return f"<strong>{content}</strong>" if span.strong else content


def code(text: str) -> str:
    """Code within a line."""
    return f'<code dir="ltr" style="{CODE}">{escape(text)}</code>'


def pre(content: str) -> str:
    """HTML in a frame, with its line breaks."""
    return f'<pre dir="ltr" style="{PRE}">{content}</pre>'
