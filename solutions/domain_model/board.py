"""A Kanban board: columns in a row, and the work items that move along them."""

from uuid import uuid4

from .errors import (
    ColumnNotFoundError,
    ConstraintError,
    DiscardedEntityError,
    WorkItemNotFoundError,
    WorkLimitError,
)
from .work_item import WorkItem

__all__ = ["Board", "Column", "create_board"]


class Column:
    """A column of a board: an entity that only its board can change.

    It holds the ids of work items, oldest first, and no work items. For everybody
    else it can be read and nothing more: what begins with an underscore is for this
    file, in which the board is too.
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

    def _take(self, item: WorkItem) -> None:  # step 3 (helper)
        limit = self._wip_limit
        if limit is not None and len(self._work_item_ids) >= limit:
            raise WorkLimitError(self._name, limit, item.id)
        self._work_item_ids.append(item.id)

    def _let_go(self, item: WorkItem) -> None:  # step 3 (helper)
        self._work_item_ids.remove(item.id)


class Board:
    """The aggregate root: whoever changes a column or moves an item asks the board.

    A discarded board answers to `id`, `==`, `hash` and `repr`. Everything else
    raises `DiscardedEntityError`.
    """

    def __init__(self, board_id: str, name: str, description: str) -> None:
        self._id = board_id
        self._discarded = False
        self._columns: list[Column] = []
        self.rename(name)
        self.describe(description)

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

    def __eq__(self, other: object) -> bool:
        return self._id == other._id if isinstance(other, Board) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._id)

    def __repr__(self) -> str:
        described = "discarded" if self._discarded else repr(self._name)
        return f"Board({self._id!r}, {described})"

    def rename(self, name: str) -> None:
        """Give the board another name.

        Raises:
            ValueError: The name is blank.
            DiscardedEntityError: The board was discarded.
        """
        self.check_in_use()
        self._name = _checked_text("board's name", name)

    def describe(self, description: str) -> None:
        """Say anew what the board is for.

        Raises:
            ValueError: The description is blank.
            DiscardedEntityError: The board was discarded.
        """
        self.check_in_use()
        self._description = _checked_text("board's description", description)

    def discard(self) -> None:
        """Give the board up, for good.

        Raises:
            DiscardedEntityError: The board was discarded before.
        """
        self.check_in_use()
        self._discarded = True

    def check_in_use(self) -> None:
        """Refuse to go on with a board that was discarded.

        Raises:
            DiscardedEntityError: It was.
        """
        if self._discarded:
            raise DiscardedEntityError("board", self._id)

    @property
    def columns(self) -> tuple[Column, ...]:  # step 2
        """The columns as they are now, from left to right.

        What a caller does to the answer changes nothing about the board.

        Raises:
            DiscardedEntityError: The board was discarded.
        """
        self.check_in_use()
        return tuple(self._columns)

    def column(self, column_id: str) -> Column:  # step 2
        """Find a column by its id.

        Raises:
            ColumnNotFoundError: The board has no such column.
            DiscardedEntityError: The board was discarded.
        """
        self.check_in_use()
        for column in self._columns:
            if column.id == column_id:
                return column
        raise ColumnNotFoundError(self._id, column_id)

    def column_named(self, name: str) -> Column:  # step 2
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

    def add_column(  # step 2
        self,
        name: str,
        *,
        wip_limit: int | None = None,
        column_id: str | None = None,
    ) -> Column:
        """Add a column at the right end.

        A column that is given no id gets one of its own: the text of a random UUID.

        Raises:
            ValueError: The name is blank, or the limit is neither `None` nor an int
                from 0 upward. `True` is refused too: to Python it is an int, but
                nobody means it as a number.
            ConstraintError: Another column of the board has this name, or this id.
            DiscardedEntityError: The board was discarded.
        """
        self.check_in_use()
        column = self._new_column(name, wip_limit, column_id)
        self._columns.append(column)
        return column

    def insert_column_before(  # step 2
        self,
        following_id: str,
        name: str,
        *,
        wip_limit: int | None = None,
        column_id: str | None = None,
    ) -> Column:
        """Add a column at the left side of another one, which is given by its id.

        Raises:
            ColumnNotFoundError: The board has no column of the id `following_id`.
            ValueError: The name or the limit is one that `add_column` refuses.
            ConstraintError: Another column of the board has this name, or this id.
            DiscardedEntityError: The board was discarded.
        """
        place = self._columns.index(self.column(following_id))
        column = self._new_column(name, wip_limit, column_id)
        self._columns.insert(place, column)
        return column

    def rename_column(self, column_id: str, name: str) -> None:  # step 2
        """Give a column another name; its own name is no obstacle.

        Raises:
            ColumnNotFoundError: The board has no column of this id.
            ValueError: The name is blank.
            ConstraintError: Another column of the board has this name.
            DiscardedEntityError: The board was discarded.
        """
        column = self.column(column_id)
        column._name = self._free_name(name, besides=column)

    def change_wip_limit(  # step 2
        self, column_id: str, wip_limit: int | None
    ) -> None:
        """Let a column take more items, or fewer, or (`None`) any number.

        A column may hold more than its new limit: the limit refuses what comes, and
        sends nothing away.

        Raises:
            ColumnNotFoundError: The board has no column of this id.
            ValueError: The limit is one that `add_column` refuses.
            DiscardedEntityError: The board was discarded.
        """
        self.column(column_id)._wip_limit = _checked_wip_limit(wip_limit)

    def remove_column(self, column_id: str) -> None:  # step 2
        """Take an empty column off the board.

        Raises:
            ColumnNotFoundError: The board has no column of this id.
            ConstraintError: There are items in the column.
            DiscardedEntityError: The board was discarded.
        """
        column = self.column(column_id)
        if column.work_item_ids:
            raise ConstraintError(
                f"Only an empty column can be removed; {column.name!r} holds items."
            )
        self._columns.remove(column)

    def _new_column(  # step 2 (helper)
        self, name: str, wip_limit: int | None, column_id: str | None
    ) -> Column:
        if column_id is None:
            column_id = str(uuid4())
        if any(column.id == column_id for column in self._columns):
            raise ConstraintError(
                f"The board {self._name!r} already has a column {column_id!r}."
            )
        return Column(
            column_id, self._free_name(name), _checked_wip_limit(wip_limit)
        )

    def _free_name(  # step 2 (helper)
        self, name: str, besides: Column | None = None
    ) -> str:
        name = _checked_text("column's name", name)
        if any(
            column.name == name for column in self._columns if column != besides
        ):
            raise ConstraintError(
                f"The board {self._name!r} already has a column called {name!r}."
            )
        return name

    def schedule(self, item: WorkItem) -> None:  # step 3
        """Put an item onto the board: at the end of the first column.

        What is refused leaves everything as it was.

        Raises:
            ConstraintError: The board has no column, or the item is on the board
                already. The message names the item's id, and the column it is in.
            WorkLimitError: The first column is full.
            DiscardedEntityError: The board was discarded.
        """
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
        self._columns[0]._take(item)

    def advance(self, item: WorkItem) -> None:  # step 3
        """Move an item one column to the right, to the end of that column.

        What is refused leaves everything as it was.

        Raises:
            WorkItemNotFoundError: The item is not on the board.
            ConstraintError: The item is in the last column. The message names the
                item's id, and the column.
            WorkLimitError: The next column is full.
            DiscardedEntityError: The board was discarded.
        """
        place = self._place_of(item)
        column = self._columns[place]
        if column == self._columns[-1]:
            raise ConstraintError(
                f"No column follows {column.name!r}; {item.id!r} can be retired."
            )
        self._columns[place + 1]._take(item)
        column._let_go(item)

    def abandon(self, item: WorkItem) -> None:  # step 3
        """Take an item off the board unfinished, from any column.

        It may be scheduled again. An item that was discarded can be abandoned too.

        Raises:
            WorkItemNotFoundError: The item is not on the board.
            DiscardedEntityError: The board was discarded.
        """
        self._columns[self._place_of(item)]._let_go(item)

    def retire(self, item: WorkItem) -> None:  # step 3
        """Take a finished item off the board, from the last column.

        It may be scheduled again. What is refused leaves everything as it was.

        Raises:
            WorkItemNotFoundError: The item is not on the board.
            ConstraintError: The item is in another column than the last. The
                message names the item's id, and the column it is in.
            DiscardedEntityError: The board was discarded.
        """
        column = self._columns[self._place_of(item)]
        if column != self._columns[-1]:
            raise ConstraintError(
                f"Only the last column retires; {item.id!r} is in {column.name!r}."
            )
        column._let_go(item)

    def _place_of(self, item: WorkItem) -> int:  # step 3 (helper)
        self.check_in_use()
        for place, column in enumerate(self._columns):
            if item.id in column.work_item_ids:
                return place
        raise WorkItemNotFoundError(item.id, f"on the board {self._name!r}")


def create_board(
    name: str, description: str, *, board_id: str | None = None
) -> Board:
    """Make a new board without columns.

    A board that is given no id gets one of its own: the text of a random UUID.

    Raises:
        ValueError: The name or the description is blank.
    """
    return Board(str(uuid4()) if board_id is None else board_id, name, description)


def _checked_text(what: str, text: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise ValueError(f"A {what} says something; {text!r} is blank.")
    return stripped


def _checked_wip_limit(wip_limit: int | None) -> int | None:  # step 2 (helper)
    is_a_number = isinstance(wip_limit, int) and not isinstance(wip_limit, bool)
    if wip_limit is not None and not (is_a_number and wip_limit >= 0):
        raise ValueError(
            f"A WIP limit is None or an int from 0 up; {wip_limit!r} is neither."
        )
    return wip_limit
