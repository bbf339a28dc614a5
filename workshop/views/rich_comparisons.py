"""Two texts beside each other in a terminal: words, signs and lines say what the colours say."""

from collections.abc import Iterable
from textwrap import wrap
from typing import TypeAlias

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.table import Table as Grid
from rich.text import Text

from .comparisons import LineByLine, Piece, SideBySide, Stretch

__all__ = ["TwoVersionsBeside", "line_by_line", "marked", "signed_line"]

_ROOM_FOR_TWO = 100  # columns; with fewer, most lines of code would have to be broken
_Signed: TypeAlias = tuple[tuple[str, ...], str]
_COLOURS = {"-": "red", "+": "green", "@": "bold", "expected": "red", "got": "green"}


def marked(pieces: Iterable[Piece]) -> Text:
    """A line in which what differs is underlined."""
    text = Text()
    for piece in pieces:
        text.append(piece.text, style="bold underline" if piece.differs else "")
    return text


def signed_line(line: str) -> Text:
    """A line of a diff, in the colour that repeats its sign."""
    return Text(line, style=_COLOURS.get(line[:1], ""))


def line_by_line(block: LineByLine) -> Group:
    """Both texts in one column, each line behind the word that says whose it is."""
    grid = Grid.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=len("    expected"))
    grid.add_column(ratio=1, overflow="fold")
    for line in block.lines:
        whose = Text(f"    {line.side}", style=_COLOURS.get(line.side, ""))
        grid.add_row(whose, marked(line.pieces))
    return Group(Text(f"  {block.label}:", style="bold"), grid)


class TwoVersionsBeside:
    """Two versions next to each other where there is room, else in one column with signs."""

    def __init__(self, block: SideBySide) -> None:
        self._block = block

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Called by rich, once it knows how wide the terminal is."""
        if options.max_width < _ROOM_FOR_TWO:
            yield Text("- yours, + ours", style="bold")
            for stretch in self._block.stretches:
                for lines, sign in _signed(stretch):
                    yield from [_folded(lines, sign, options.max_width)] if lines else []
            return
        half = (options.max_width - 2) // 2
        grid = Grid.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=half, overflow="fold")
        grid.add_column(width=half, overflow="fold")
        grid.add_row(Text("- Yours", style="bold"), Text("+ Ours", style="bold"))
        for stretch in self._block.stretches:
            once = _signed(stretch)
            sides = once * 2 if stretch.alike else once
            grid.add_row(*(_folded(lines, sign, half) for lines, sign in sides))
        yield grid


def _signed(stretch: Stretch) -> tuple[_Signed, ...]:
    """The lines with their signs; those that both have once, and without."""
    if stretch.alike:
        return ((stretch.yours, "  "),)
    return ((stretch.yours, "- "), (stretch.ours, "+ "))


def _folded(lines: Iterable[str], sign: str, width: int) -> Text:
    """The lines; one that is too long goes on below, further right than it began."""
    folded = []
    for line in lines:
        own = len(sign) + len(line) - len(line.lstrip())
        indent = " " * min(own + 4, width * 2 // 3)
        folded += wrap(sign + line, width, subsequent_indent=indent, break_on_hyphens=False) or [
            sign
        ]
    return Text("\n").join(Text(line, style=_COLOURS.get(sign[:1], "")) for line in folded)
