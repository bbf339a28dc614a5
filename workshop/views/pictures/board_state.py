"""What a board looks like at one moment, in values of ours: names, limits and cards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from .asking import CannotDrawError, ask, capitalised, is_discarded, kind, offers, take, words

__all__ = ["BoardState", "Card", "ColumnState", "names_of", "read_board"]

MAX_COLUMNS = 60
MAX_ITEMS = 10_000
MAX_CARDS = 40  # a column that is drawn longer is read by nobody

_ADVICE: dict[type, str] = {
    tuple: " Work items, for their names, stand after a space and no comma: `%board board items`."
}

Fullness: TypeAlias = Literal["", "full", "over its limit"]


@dataclass(frozen=True, slots=True)
class Card:
    """A work item on a board; without a name unless the items were given too."""

    id: str
    name: str | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.id})" if self.name else self.id


@dataclass(frozen=True, slots=True)
class ColumnState:
    """A column.

    Attributes:
        name: What the team calls it.
        limit: How many items it takes at most, in digits; `None` for any number.
        count: How many items it holds.
        fullness: What more than the numbers there is to say.
        cards: The oldest of its items; `count` tells whether there are more.
    """

    name: str
    limit: str | None
    count: int
    fullness: Fullness
    cards: tuple[Card, ...]

    @property
    def capacity(self) -> str:
        """`2 of 3`, or `2, no limit`."""
        return f"{self.count}, no limit" if self.limit is None else f"{self.count} of {self.limit}"

    @property
    def rest(self) -> str:
        """What stands where no more cards are."""
        if not self.count:
            return "no items"
        left_out = self.count - len(self.cards)
        return f"and {left_out:,} more" if left_out else ""


@dataclass(frozen=True, slots=True)
class BoardState:
    """A board; one that was discarded has no columns, and its id for a name."""

    name: str
    columns: tuple[ColumnState, ...] = ()
    discarded: bool = False

    @property
    def remark(self) -> str:
        """What stands where no columns are."""
        if self.discarded:
            return "This board was discarded. It answers nothing any more, so it cannot be drawn."
        return "" if self.columns else "This board has no columns yet."


def read_board(board: object, names: Mapping[str, str], called: str = "this board") -> BoardState:
    """Ask a board for everything that is drawn of it.

    Args:
        board: Anything with `name`, and `columns` with `name`, `wip_limit` and `work_item_ids`.
        names: The names of work items, by their ids.
        called: What messages call the board.

    Raises:
        CannotDrawError: It is no board, or not all of it can be read.
    """
    if isinstance(board, type):
        raise CannotDrawError(
            f"{capitalised(called)} is {kind(board)}, which has no columns yet; make a board of it."
        )
    if not offers(board, "columns"):
        subject = "This" if called == "this board" else capitalised(called)
        advice = _ADVICE.get(type(board), "")
        raise CannotDrawError(
            f"{subject} is {kind(board)} and has no `columns`; give a board, which has `name` and "
            f"`columns`.{advice}"
        )
    try:
        name = words(ask(board, "name", called), 120)
        columns, endless = take(
            ask(board, "columns", called), MAX_COLUMNS, f"`columns` of {called}"
        )
    except CannotDrawError as error:
        if is_discarded(error):
            return BoardState(words(ask(board, "id", called), 80), discarded=True)
        raise
    if endless:
        raise CannotDrawError(
            f"{capitalised(called)} has more than {MAX_COLUMNS} columns: too many to draw."
        )
    numbered = enumerate(columns, start=1)
    return BoardState(name, tuple(_read_column(c, names, f"column {n}") for n, c in numbered))


def _read_column(column: object, names: Mapping[str, str], called: str) -> ColumnState:
    name = words(ask(column, "name", called), 80)
    limit = ask(column, "wip_limit", called)
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int)):
        raise CannotDrawError(
            f"The WIP limit of column {name} is {words(limit, 80, repr)}; a limit is a whole "
            "number, or `None` for no limit."
        )
    ids, endless = take(
        ask(column, "work_item_ids", called), MAX_ITEMS, f"`work_item_ids` of column {name}"
    )
    if endless:
        raise CannotDrawError(
            f"Column {name} holds more than {MAX_ITEMS:,} items: too many to draw."
        )
    cards = tuple(_card(words(item, 80), names) for item in ids[:MAX_CARDS])
    count = len(ids)
    return ColumnState(
        name, None if limit is None else words(limit, 20), count, _fullness(count, limit), cards
    )


def _fullness(count: int, limit: int | None) -> Fullness:
    if limit is None or count < limit:
        return ""
    return "full" if count == limit else "over its limit"


def _card(item_id: str, names: Mapping[str, str]) -> Card:
    return Card(item_id, names.get(item_id))


def names_of(items: object) -> dict[str, str]:
    """The names of work items by their ids.

    Args:
        items: A collection of things with `id` and `name`; of a mapping, its values.

    Raises:
        CannotDrawError: It is none, or an item cannot be read.
    """
    values = items.values() if isinstance(items, Mapping) else items
    several, _ = take(values, MAX_ITEMS, "what stands after a space")
    names = {}
    for number, item in enumerate(several, start=1):
        called = f"work item {number}"
        item_id = words(ask(item, "id", called), 80)
        try:
            names[item_id] = words(ask(item, "name", called), 80)
        except CannotDrawError as error:
            if not is_discarded(error):
                raise
            names[item_id] = "discarded"
    return names
