"""A board: columns side by side with their limits, and cards in them, the oldest on top."""

from collections.abc import Iterator
from html import escape
from textwrap import wrap

from .board_state import BoardState, Card, ColumnState, names_of, read_board
from .picture import Picture
from .styles import STYLES

__all__ = ["board_html", "board_lines", "draw_board", "element"]

FULL_SIGN = "■"


def draw_board(board: object, items: object = ()) -> Picture:
    """Draw a board as it is now.

    Args:
        board: Anything with `name`, and `columns` with `name`, `wip_limit` and `work_item_ids`.
        items: Work items with `id` and `name`; their cards show the names, too.

    Raises:
        CannotDrawError: It is no board, or not all of it can be read.
    """
    state = read_board(board, names_of(items))
    html = element("div", "picture", board_html(state), extra='dir="ltr"')
    return Picture(html, "\n".join(board_lines(state)))


def element(tag: str, style: str, content: str, *, extra: str = "") -> str:
    """An element in one of our styles around HTML that is safe already."""
    return f'<{tag}{extra and f" {extra}"} style="{STYLES[style]}">{content}</{tag}>'


def board_html(state: BoardState) -> str:
    """The board for ears, too: roles where they are kept, and lists where they are not."""
    if state.remark:
        drawn = element("div", "remark", escape(state.remark))
    else:
        drawn = element("div", "columns", "".join(map(_column_html, state.columns)))
    title = element("div", "title", f"<strong>{escape(state.name)}</strong>")
    return f'<div role="group" aria-label="{escape(f"Board {state.name}")}">{title}{drawn}</div>'


def _column_html(column: ColumnState) -> str:
    said = escape(column.capacity)
    if column.fullness:
        said += f" <strong>{FULL_SIGN} {column.fullness}</strong>"
    cards = element("ul", "cards", "".join(map(_card_html, column.cards))) if column.cards else ""
    rest = element("div", "rest", column.rest) if column.rest else ""
    content = (
        f"<strong>{escape(column.name)}</strong>" + element("div", "capacity", said) + cards + rest
    )
    label = escape(f"Column {column.name}, {in_words(column)}")
    style = "full" if column.fullness else "column"
    return element("div", style, content, extra=f'role="group" aria-label="{label}"')


def in_words(column: ColumnState) -> str:
    """`2 of 3`, and that it is full if it is."""
    return ", ".join(filter(None, [column.capacity, column.fullness]))


def _card_html(card: Card) -> str:
    if not card.name:
        return element("li", "card", escape(card.id))
    small = element("span", "id", escape(card.id))
    return element("li", "card", f"{escape(card.name)}<br>{small}")


def board_lines(state: BoardState, width: int = 80) -> Iterator[str]:
    """The board in lines: a column, and under it its cards."""
    yield from wrap(f"Board {state.name}", width)
    if state.remark:
        yield from wrap(state.remark, width, initial_indent="  ", subsequent_indent="  ")
    for column in state.columns:
        heading = f"{column.name} ({in_words(column)})"
        yield from wrap(heading, width, initial_indent="  ", subsequent_indent="    ")
        for card in column.cards:
            yield from wrap(f"- {card}", width, initial_indent="    ", subsequent_indent="      ")
        if column.rest:
            yield f"    {column.rest}"
