"""Two texts beside each other, as HTML: signs, words and lines say what the tints say."""

from collections.abc import Iterable
from html import escape

from .comparisons import ComparedLine, Piece, Side, SideBySide, Stretch
from .html_parts import CODE, GREY, PRE, TINTS, pre

__all__ = ["line_by_line", "marked", "side_by_side", "tinted"]

_DIFFERS = "text-decoration: underline; font-weight: bold"
_DEEP = 12  # characters; further right, a narrow column would have no room for what goes on there
_SIGNS: dict[Side, str] = {"expected": "-", "got": "+", "both": " "}
_TABLE = "border-collapse: collapse; table-layout: fixed; width: 100%; margin: 4px 0"
_HALF = f"border: 1px solid {GREY}; color: inherit; background: transparent; width: 50%"


def tinted(line: str) -> str:
    """A line of a diff, which begins with the sign that its tint repeats."""
    code = line[2:]
    indent = min(len(code) - len(code.lstrip()), _DEEP)
    return _line(TINTS.get(line[:1], ""), escape(line), hanging=2 + indent + 4)


def marked(label: str, pieces: Iterable[Piece]) -> str:
    """A line of code in which what differs is underlined; lines one under the other line up."""
    lead = f'<strong style="display: inline-block; min-width: 84px">{escape(label)}:</strong> '
    return f'{lead}<code dir="ltr" style="{CODE}">{_pieces(pieces)}</code>'


def line_by_line(lines: Iterable[ComparedLine]) -> str:
    """Both texts in one frame, each line behind the word that says whose it is."""
    return pre("".join(map(_compared, lines)))


def side_by_side(block: SideBySide) -> str:
    """A table of two columns, with a row for each stretch, so that alike stands beside alike."""
    head = "".join(
        f'<th style="{_HALF}; padding: 2px 8px; text-align: left; font-size: 14px">{side}</th>'
        for side in ("- Yours", "+ Ours")
    )
    rows = "".join(map(_row, block.stretches))
    return f'<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(stretch: Stretch) -> str:
    signs = ("  ", "  ") if stretch.alike else ("- ", "+ ")
    sides = zip((stretch.yours, stretch.ours), signs, strict=True)
    return f"<tr>{''.join(_half(lines, sign) for lines, sign in sides)}</tr>"


def _half(lines: Iterable[str], sign: str) -> str:
    code = "".join(tinted(sign + line) for line in lines)
    inner = PRE.replace("border: 1px", "border: 0").replace("margin: 4px 0", "margin: 0")
    content = f'<pre dir="ltr" style="{inner}">{code}</pre>' if code else ""
    return f'<td style="{_HALF}; padding: 0; vertical-align: top; text-align: left">{content}</td>'


def _compared(line: ComparedLine) -> str:
    word = f"{line.side:<10}"
    content = f"<strong>{word}</strong>{_pieces(line.pieces)}"
    return _line(TINTS.get(_SIGNS[line.side], ""), content, hanging=len(word))


def _line(tint: str, content: str, *, hanging: int) -> str:
    """A line of its own; where it is too long for the page, it goes on further right."""
    em = hanging * 0.6  # a character's width; the unit `ch` is taken out of untrusted notebooks
    style = f"display: block; padding-left: {em:g}em; text-indent: -{em:g}em; {tint}"
    return f'<span style="{style}">{content or " "}</span>'


def _pieces(pieces: Iterable[Piece]) -> str:
    return "".join(
        f'<span style="{_DIFFERS}">{escape(piece.text)}</span>'
        if piece.differs
        else escape(piece.text)
        for piece in pieces
    )
