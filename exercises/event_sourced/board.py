"""The board again, this time made of events.

A command checks the rules and records what happened. `record` keeps the event and
applies it. Only `apply` changes anything, and it decides nothing: the event is a fact.
"""

from collections.abc import Iterable
from typing import Self, assert_never
from uuid import uuid4

from .errors import (
    ColumnNotFoundError,
    ConstraintError,
    DiscardedEntityError,
    WorkItemNotFoundError,
    WorkLimitError,
)
from .events import (
    BoardCreated,
    BoardDescribed,
    BoardDiscarded,
    BoardEvent,
    BoardRenamed,
    ColumnAdded,
    ColumnInserted,
    ColumnRemoved,
    ColumnRenamed,
    WipLimitChanged,
    WorkItemAbandoned,
    WorkItemAdvanced,
    WorkItemRetired,
    WorkItemScheduled,
)
from .work_item import WorkItem

__all__ = ["Board", "Column", "create_board"]


class Column:
    """A column of a board: an entity that only its board can change.

    It holds the ids of work items, oldest first, and no work items.
    """

    def __init__(self, column_id: str, name: str, wip_limit: int | None) -> None:
        self._id = column_id
        self._name = name
        self._wip_limit = wip_limit
        self._work_item_ids: list[str] = []

    @property
    def id(self) -> str:
        """Who the column is, whatever its name."""
        return self._id

    @property
    def name(self) -> str:
        """What the team calls it; no other column of the board has this name."""
        return self._name

    @property
    def wip_limit(self) -> int | None:
        """How many items it takes at most; `None` for any number, 0 for none."""
        return self._wip_limit

    @property
    def work_item_ids(self) -> tuple[str, ...]:
        """The items that are in it, the one that came first in front."""
        return tuple(self._work_item_ids)

    def __eq__(self, other: object) -> bool:
        return (
            self._id == other._id if isinstance(other, Column) else NotImplemented
        )

    def __hash__(self) -> int:
        return hash(self._id)

    def __repr__(self) -> str:
        return (
            f"Column({self._id!r}, {self._name!r}, wip_limit={self._wip_limit!r})"
        )


class Board:
    """The aggregate root: whoever changes a column or moves an item asks the board.

    A discarded board answers to `id`, `version`, `pending`, `==`, `hash` and `repr`.
    Everything else raises `DiscardedEntityError`.
    """

    def __init__(self) -> None:
        """Be blank, as before the first event."""
        self._id = ""
        self._name = ""
        self._description = ""
        self._discarded = False
        self._columns: list[Column] = []
        self._version = 0
        self._pending: list[BoardEvent] = []

    # What it is made of

    @property
    def version(self) -> int:
        """How many events made this board, those still pending included."""
        return self._version

    @property
    def pending(self) -> tuple[BoardEvent, ...]:
        """The events that were recorded and not saved yet, oldest first."""
        return tuple(self._pending)

    def mark_saved(self) -> None:
        """Forget the pending events: somebody keeps them now."""
        self._pending.clear()

    def record(self, event: BoardEvent) -> None:  # step 6
        """Apply what happened, count it in `version`, and keep it in `pending`.

        Commands call it when everything is decided, and not before.
        """
        raise NotImplementedError("step 6: Board.record")

    def apply(self, event: BoardEvent) -> None:  # step 6
        """Change the state as the event says.

        It refuses no event and records none. It asks neither the clock nor chance: the
        same events must make the same board, today and in ten years.

        Raises:
            AssertionError: This is no event of a board; `assert_never` raises it.
        """
        raise NotImplementedError("step 6: Board.apply")

    @classmethod
    def replay(cls, history: Iterable[BoardEvent]) -> Self:  # step 7
        """Make the board that this history made: a left fold, from the blank board on.

        The events come in the order in which they happened. None of them is pending.

        Raises:
            ValueError: There is no history, so there was never a board.
        """
        raise NotImplementedError("step 7: Board.replay")

    # What it is

    @property
    def id(self) -> str:
        """Who the board is. Nothing changes it, and discarding keeps it."""
        return self._id

    @property
    def name(self) -> str:
        """What the team calls the board."""
        self.check_in_use()
        return self._name

    @property
    def description(self) -> str:
        """What the board is for."""
        self.check_in_use()
        return self._description

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns as they are now, from left to right."""
        self.check_in_use()
        return tuple(self._columns)

    def column(self, column_id: str) -> Column:
        """Find a column by its id.

        Raises:
            ColumnNotFoundError: The board has no such column.
            DiscardedEntityError: The board was discarded.
        """
        self.check_in_use()
        return self._column(column_id)

    def column_named(self, name: str) -> Column:
        """Find a column by its name; spaces around the name do not matter.

        Raises:
            ColumnNotFoundError: The board has no such column.
            DiscardedEntityError: The board was discarded.
        """
        self.check_in_use()
        for column in self._columns:
            if column.name == name.strip():
                return column
        raise ColumnNotFoundError(self._id, name)

    def __eq__(self, other: object) -> bool:
        return self._id == other._id if isinstance(other, Board) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._id)

    def __repr__(self) -> str:
        described = "discarded" if self._discarded else repr(self._name)
        return f"Board({self._id!r}, {described})"

    # What it can be asked to do

    def rename(self, name: str) -> None:
        """Give the board another name; its own name again is nothing new."""
        self.check_in_use()
        name = _checked_text("board's name", name)
        if name != self._name:
            self.record(BoardRenamed(name=name))

    def describe(self, description: str) -> None:
        """Say anew what the board is for; the same again is nothing new."""
        self.check_in_use()
        description = _checked_text("board's description", description)
        if description != self._description:
            self.record(BoardDescribed(description=description))

    def discard(self) -> None:
        """Give the board up, for good."""
        self.check_in_use()
        self.record(BoardDiscarded())

    def add_column(
        self,
        name: str,
        *,
        wip_limit: int | None = None,
        column_id: str | None = None,
    ) -> Column:
        """Decide whether a column can be added at the right end, and record it.

        A column that is given no id gets one of its own, here and not in `apply`.

        Raises:
            ValueError: The name is blank, or the limit is no limit.
            ConstraintError: Another column of the board has this name, or this id.
            DiscardedEntityError: The board was discarded.
        """
        self.check_in_use()
        event = ColumnAdded(
            column_id=self._free_id(column_id),
            name=self._free_name(name),
            wip_limit=_checked_wip_limit(wip_limit),
        )
        self.record(event)
        return self._column(event.column_id)

    def insert_column_before(
        self,
        following_id: str,
        name: str,
        *,
        wip_limit: int | None = None,
        column_id: str | None = None,
    ) -> Column:
        """Decide whether a column can be put in before another one, and record it."""
        following = self.column(following_id)
        event = ColumnInserted(
            column_id=self._free_id(column_id),
            following_id=following.id,
            name=self._free_name(name),
            wip_limit=_checked_wip_limit(wip_limit),
        )
        self.record(event)
        return self._column(event.column_id)

    def rename_column(self, column_id: str, name: str) -> None:  # step 6
        """Decide whether a column can have this name, and record it.

        The name that it has already is nothing new: no event.

        Raises:
            ColumnNotFoundError: The board has no column of this id.
            ValueError: The name is blank.
            ConstraintError: Another column of the board has this name.
            DiscardedEntityError: The board was discarded.
        """
        raise NotImplementedError("step 6: Board.rename_column")

    def change_wip_limit(self, column_id: str, wip_limit: int | None) -> None:
        """Decide whether this is a limit, and record it; the same is nothing new."""
        column = self.column(column_id)
        wip_limit = _checked_wip_limit(wip_limit)
        if wip_limit != column.wip_limit:
            self.record(WipLimitChanged(column_id=column_id, wip_limit=wip_limit))

    def remove_column(self, column_id: str) -> None:
        """Decide whether a column can be taken off the board, and record it."""
        column = self.column(column_id)
        if column.work_item_ids:
            raise ConstraintError(
                f"Only an empty column can be removed; {column.name!r} holds items."
            )
        self.record(ColumnRemoved(column_id=column_id))

    def schedule(self, item: WorkItem) -> None:  # step 6
        """Decide whether an item can enter the first column, and record it.

        Raises:
            ConstraintError: The board has no column, or the item is on it already.
            WorkLimitError: The first column is full.
            DiscardedEntityError: The board was discarded.
        """
        raise NotImplementedError("step 6: Board.schedule")

    def advance(self, item: WorkItem) -> None:  # step 6
        """Decide whether an item can move one column to the right, and record it.

        Raises:
            WorkItemNotFoundError: The item is not on the board.
            ConstraintError: The item is in the last column.
            WorkLimitError: The next column is full.
            DiscardedEntityError: The board was discarded.
        """
        raise NotImplementedError("step 6: Board.advance")

    def abandon(self, item: WorkItem) -> None:  # step 6
        """Record that an item was taken off the board unfinished.

        Raises:
            WorkItemNotFoundError: The item is not on the board.
            DiscardedEntityError: The board was discarded.
        """
        raise NotImplementedError("step 6: Board.abandon")

    def retire(self, item: WorkItem) -> None:  # step 6
        """Decide whether an item is finished, and record it.

        Raises:
            WorkItemNotFoundError: The item is not on the board.
            ConstraintError: The item is in another column than the last.
            DiscardedEntityError: The board was discarded.
        """
        raise NotImplementedError("step 6: Board.retire")

    # The rules that you wrote in the first part

    def check_in_use(self) -> None:
        """Refuse to go on with a board that was discarded.

        Raises:
            DiscardedEntityError: It was.
        """
        if self._discarded:
            raise DiscardedEntityError("board", self._id)

    def _free_id(self, column_id: str | None) -> str:
        """The id for a new column: the given one, if no other column has it."""
        if any(column.id == column_id for column in self._columns):
            raise ConstraintError(
                f"The board {self._name!r} already has a column {column_id!r}."
            )
        return _new_id(column_id)

    def _free_name(self, name: str, besides: Column | None = None) -> str:
        """The name without the spaces around it, if no other column has it."""
        name = _checked_text("column's name", name)
        if any(c.name == name for c in self._columns if c != besides):
            raise ConstraintError(
                f"The board {self._name!r} already has a column called {name!r}."
            )
        return name

    def _check_room(self, column: Column, item: WorkItem) -> None:
        """Refuse if the column is full."""
        limit = column.wip_limit
        if limit is not None and len(column.work_item_ids) >= limit:
            raise WorkLimitError(column.name, limit, item.id)

    def _first_column_for(self, item: WorkItem) -> Column:
        """The column that a new item enters; refuses an item that is on the board."""
        self.check_in_use()
        if not self._columns:
            raise ConstraintError(
                f"The board {self._name!r} has no column to take {item.id!r}."
            )
        for column in self._columns:
            if item.id in column.work_item_ids:
                raise ConstraintError(
                    f"The item {item.id!r} is on the board, in {column.name!r}."
                )
        return self._columns[0]

    def _column_of(self, item: WorkItem) -> Column:
        """The column that holds the item; refuses an item that is not on the board."""
        self.check_in_use()
        for column in self._columns:
            if item.id in column.work_item_ids:
                return column
        raise WorkItemNotFoundError(item.id, f"on the board {self._name!r}")

    def _column_after(self, column: Column, item: WorkItem) -> Column:
        """The column that the item goes to next; refuses if it is in the last one."""
        if column == self._columns[-1]:
            raise ConstraintError(
                f"No column follows {column.name!r}; {item.id!r} can be retired."
            )
        return self._columns[self._columns.index(column) + 1]

    def _column(self, column_id: str) -> Column:
        """The column of this id, on a discarded board too."""
        for column in self._columns:
            if column.id == column_id:
                return column
        raise ColumnNotFoundError(self._id, column_id)


def create_board(
    name: str, description: str, *, board_id: str | None = None
) -> Board:
    """Make a new board without columns; without an id, it gets one of its own."""
    board = Board()
    board.record(
        BoardCreated(
            board_id=_new_id(board_id),
            name=_checked_text("board's name", name),
            description=_checked_text("board's description", description),
        )
    )
    return board


def _new_id(given: str | None) -> str:
    return str(uuid4()) if given is None else given


def _checked_text(what: str, text: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise ValueError(f"A {what} says something; {text!r} is blank.")
    return stripped


def _checked_wip_limit(wip_limit: int | None) -> int | None:
    if wip_limit is None:
        return None
    if (
        isinstance(wip_limit, bool)
        or not isinstance(wip_limit, int)
        or wip_limit < 0
    ):
        raise ValueError(
            f"A WIP limit is None or an int from 0 up; {wip_limit!r} is neither."
        )
    return wip_limit
