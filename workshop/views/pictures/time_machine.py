"""A board at every event, with a slider; without scripts, a few of its states one above the other.

The script gets the states as data: each column once, however many states have it alike. It makes
elements and sets their text, so no name of anybody's is ever read as HTML.
"""

import json
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from textwrap import wrap
from typing import Any

from ..prose import spans
from ..words import count
from .board_drawing import FULL_SIGN, board_html, board_lines, element, in_words
from .board_state import BoardState, Card, ColumnState, names_of
from .history import History, Moment, read_history
from .picture import Picture
from .styles import STYLES

__all__ = ["draw_time_machine"]

STILL = 7  # states that are drawn where no script runs


def draw_time_machine(states: object, items: object = ()) -> Picture:
    """Draw a board as it was at each event, with a slider to move through time.

    Args:
        states: Boards, each as it was; or pairs of an event or a text, and the board after it.
        items: Work items with `id` and `name`; their cards show the names, too.

    Raises:
        CannotDrawError: There is no board, or not all of one can be read.
    """
    history = read_history(states, names_of(items))
    html = element("div", "picture", _still_html(history) + _script(history), extra='dir="ltr"')
    return Picture(html, "\n".join(_lines(history)))


def _still(history: History) -> tuple[Moment, ...]:
    """The first and the last moment, and some between at even distances."""
    last = len(history.moments) - 1
    chosen = min(last, STILL - 1)
    places = [place * last // chosen for place in range(chosen + 1)] if chosen else [0]
    return tuple(history.moments[place] for place in places)


def _still_title(history: History) -> str:
    states, still = len(history.moments), len(_still(history))
    if states == 1:
        return "The board at 1 moment; a slider needs more."
    all_of_them = "all of them" if still == states else f"{still} of them"
    return (
        f"The board at {states} moments, oldest first; this page shows {all_of_them}. "
        "Run the cell in JupyterLab to move through time with a slider."
    )


def _still_html(history: History) -> str:
    *earlier, last = _still(history)
    folds = [_fold(moment, "") for moment in earlier]
    remark = element("div", "remark", _prose(history.remark)) if history.remark else ""
    title = element("div", "remark", escape(_still_title(history)))
    return remark + title + "".join(folds) + _fold(last, "open")


def _fold(moment: Moment, is_open: str) -> str:
    summary = element("summary", "summary", f"<strong>{escape(moment.caption)}</strong>")
    detail = element("div", "fields", escape(moment.detail)) if moment.detail else ""
    return element("details", "fold", summary + detail + board_html(moment.board), extra=is_open)


def _prose(text: str) -> str:
    return "".join(
        f"<code>{escape(span.text)}</code>" if span.code else escape(span.text)
        for span in spans(text)
    )


def _script(history: History) -> str:
    if not history.moments[1:]:
        return ""
    program = files(__package__).joinpath("time_machine.js").read_text(encoding="utf-8")
    # In a script, `<` could end it; in JSON it may always be written like this.
    told = json.dumps(_data(history), separators=(",", ":")).replace("<", "\\u003c")
    return f"<script>({program.strip()})(document.currentScript?.parentElement, {told});</script>"


def _data(history: History) -> dict[str, Any]:
    cards: dict[Card, int] = {}
    columns: dict[ColumnState, int] = {}

    def numbered(board: BoardState) -> list[int]:
        return [columns.setdefault(column, len(columns)) for column in board.columns]

    moments = [
        [
            moment.caption,
            moment.detail,
            moment.board.name,
            moment.board.remark,
            numbered(moment.board),
        ]
        for moment in history.moments
    ]
    drawn = [
        [
            column.name,
            in_words(column),
            column.capacity,
            column.fullness and f" {FULL_SIGN} {column.fullness}",
            column.rest,
            [cards.setdefault(card, len(cards)) for card in column.cards],
        ]
        for column in columns
    ]
    return {
        "moments": moments,
        "columns": drawn,
        "cards": [[card.id, card.name] for card in cards],
        "remark": history.remark.replace("`", ""),
        "styles": STYLES,
    }


def _lines(history: History, width: int = 80) -> Iterator[str]:
    still = _still(history)
    of_all = f", {len(still)} of them here" if len(still) < len(history.moments) else ""
    yield f"The board at {count(len(history.moments), 'moment')}{of_all}, oldest first."
    for remark in filter(None, [history.remark]):
        yield from wrap(remark, width)
    for moment in still:
        yield from wrap(_in_a_line(moment), width, subsequent_indent="  ")
    yield ""
    yield from board_lines(still[-1].board, width)


def _in_a_line(moment: Moment) -> str:
    return f"{moment.caption}: {moment.detail}" if moment.detail else moment.caption
