"""Rich text for a terminal: symbols and colour, and words that say the same without them."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Literal, assert_never

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table as Grid
from rich.text import Text

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
    LabelledBlock,
    Listing,
    NextAction,
    Paragraph,
    Table,
    Tone,
    Verbatim,
    belongs_to,
)
from .harmless import on_every_text
from .prose import spans
from .rich_comparisons import TwoVersionsBeside, line_by_line, marked, signed_line
from .symbols import Symbols, encodable, symbols_for

__all__ = ["RichDocument"]

_COLOURS: dict[Tone, str] = {"good": "green", "bad": "red"}
"""The other tones have none: yellow and cyan vanish on white, blue on black."""

_STAYS_WHOLE = 20  # characters


class RichDocument:
    """A result as rich shows it, at any width and in any encoding of the console."""

    def __init__(self, shown: Shown) -> None:
        self._document = describe(shown)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Called by rich, once it knows what the terminal can show."""
        document = on_every_text(self._document, lambda text: encodable(text, options.encoding))
        symbols = symbols_for(options.encoding)
        labels = max((len(b.label) for b in document if isinstance(b, LabelledBlock)), default=0)
        yield _rendered(document[0], symbols, labels)
        for before, block in pairwise(document):
            if not belongs_to(before, block):
                yield Text()
            yield _rendered(block, symbols, labels)


def _rendered(block: Block, symbols: Symbols, labels: int) -> RenderableType:
    match block:
        case Headline(tone=tone, text=text):
            headline = _prose("", text)
            headline.stylize("bold")
            return _signed(symbols.of(tone), _COLOURS.get(tone, ""), headline)
        case Judged(tone=tone, word=word, text=text):
            judged = Text.assemble((f"{word}: ", "bold"), text)
            return _signed(symbols.of(tone), _COLOURS.get(tone, ""), judged)
        case Caution(text=text):
            return _signed(symbols.caution, "", _prose("Warning", text))
        case NextAction(text=text):
            return _signed(symbols.next, "", _prose("Next", text))
        case Paragraph(text=text):
            return _signed("", "", _prose("", text))
        case Footnote(text=text) | Code(text=text):
            return _signed("", "", Text(text))
        case Diff(file=file, lines=lines):
            return _diff(file, lines)
        case LineByLine():
            return line_by_line(block)
        case SideBySide():
            return TwoVersionsBeside(block)
        case Table(columns=columns, rows=rows):
            return _table(columns, [row.cells for row in rows], symbols)
        case Labelled() | Listing() | Verbatim() | Marked() | Excerpt():
            return _labelled(block, labels)
        case _:
            assert_never(block)


def _signed(sign: str, colour: str, text: Text) -> Grid:
    """The text beside its sign; a column for the sign keeps wrapped lines aligned."""
    grid = Grid.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(width=1)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(Text(sign, style=f"bold {colour}"), text)
    return grid


def _labelled(block: LabelledBlock, labels: int) -> Grid:
    """The label in a column that is as wide as the document's longest."""
    grid = Grid.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=labels + 2, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(Text(f"  {block.label}", style="bold"), _labelled_text(block))
    return grid


def _labelled_text(block: LabelledBlock) -> Text:
    match block:
        case Labelled(text=text):
            return _prose("", text)
        case Listing(items=items):
            return Text("\n".join(items))
        case Verbatim(text=text):
            return Text(text)
        case Marked(pieces=pieces):
            return marked(pieces)
        case Excerpt(file=file, line=line, text=text):
            return Text(f"{file}:{line}\n    {text}")
        case _:
            assert_never(block)


def _diff(file: str, lines: Iterable[str]) -> Text:
    text = Text(f"File {file}", style="")
    text.stylize("bold")
    for line in lines:
        text.append("\n")
        text.append_text(signed_line(line))
    return text


def _table(
    columns: Iterable[Column],
    rows: Iterable[tuple[Cell, ...]],
    symbols: Symbols,
) -> Grid:
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    rows = tuple(rows)
    for place, column in enumerate(columns):
        side: Literal["left", "right"] = "right" if column.numeric else "left"
        # Fold: what rich puts in place of text otherwise, "…", is not in every encoding.
        header, longest = Text(column.header), max((len(r[place].text) for r in rows), default=0)
        # Where it must not wrap and finds no room, rich would cut text off: a path, say.
        whole = not column.prose and longest <= _STAYS_WHOLE
        grid.add_column(header, justify=side, no_wrap=whole, overflow="fold")
    for cells in rows:
        grid.add_row(*(_cell(cell, symbols) for cell in cells))
    return grid


def _cell(cell: Cell, symbols: Symbols) -> Text:
    if cell.tone is None:
        return Text(cell.text)
    return Text(f"{symbols.of(cell.tone)} {cell.text}", style=_COLOURS.get(cell.tone, ""))


def _prose(label: str, text: str) -> Text:
    """Code in bold: the backticks would be copied with the command."""
    prose = Text(f"{label}: " if label else "", style="")
    prose.stylize("bold")
    for span in spans(text):
        prose.append(span.text, style="bold" if span.code or span.strong else "")
    return prose
