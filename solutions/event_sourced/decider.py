"""The board once more, as two pure functions: `decide` and `evolve`.

A state is a value that nobody changes. `decide` takes a command and a state, and gives
the events that follow from them, or refuses. `evolve` takes a state and an event, and
gives the next state. This form is called a decider; Jérémie Chassaing gave it the name.

The events are those of step 5, and the rules those of the first part.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import TypeAlias, assert_never

from .board import Board
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

__all__ = [
    "NO_BOARD",
    "AbandonWorkItem",
    "AdvanceWorkItem",
    "BoardState",
    "ColumnState",
    "Command",
    "DecidedBoard",
    "RenameColumn",
    "RetireWorkItem",
    "ScheduleWorkItem",
    "decide",
    "evolve",
    "fold",
]

# The state: values, all the way down


@dataclass(frozen=True, kw_only=True)
class ColumnState:
    """A column: its limit, `None` for any number, and its items, oldest first."""

    column_id: str
    name: str
    wip_limit: int | None
    work_item_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BoardState:
    """All that a decision about a board depends on; its columns from left to right."""

    board_id: str = ""
    name: str = ""
    description: str = ""
    columns: tuple[ColumnState, ...] = ()
    discarded: bool = False


NO_BOARD = BoardState()
"""The state before the first event."""

# The commands: what somebody wants, in the imperative


@dataclass(frozen=True, kw_only=True)
class RenameColumn:
    """Give a column another name."""

    column_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class ScheduleWorkItem:
    """Put an item into the first column."""

    work_item_id: str


@dataclass(frozen=True, kw_only=True)
class AdvanceWorkItem:
    """Move an item one column to the right."""

    work_item_id: str


@dataclass(frozen=True, kw_only=True)
class AbandonWorkItem:
    """Take an item off the board unfinished."""

    work_item_id: str


@dataclass(frozen=True, kw_only=True)
class RetireWorkItem:
    """Take a finished item off the last column."""

    work_item_id: str


Command: TypeAlias = (
    RenameColumn
    | ScheduleWorkItem
    | AdvanceWorkItem
    | AbandonWorkItem
    | RetireWorkItem
)

# The two functions, and the fold


def decide(command: Command, state: BoardState) -> list[BoardEvent]:  # step 17
    """Give the events that follow when somebody wants this of a board in this state.

    It changes neither of them, keeps nothing, and asks neither the clock nor chance. An
    empty list says that nothing is new: the column has this name already.

    Raises:
        ColumnNotFoundError: The board has no such column.
        WorkItemNotFoundError: The item is not on the board.
        ValueError: The name is blank.
        ConstraintError: A rule says no, as in step 6.
        WorkLimitError: The column that the item would enter is full.
        DiscardedEntityError: The board was discarded.
        AssertionError: This is no command; `assert_never` raises it.
    """
    if state.discarded:
        raise DiscardedEntityError("board", state.board_id)
    match command:
        case RenameColumn(column_id=column_id):
            column = column_of(state, column_id)
            name = free_name(state, command.name, besides=column)
            if name == column.name:
                return []
            return [ColumnRenamed(column_id=column_id, name=name)]
        case ScheduleWorkItem(work_item_id=item):
            first = first_column_for(state, item)
            check_room(first, item)
            return [WorkItemScheduled(work_item_id=item, column_id=first.column_id)]
        case AdvanceWorkItem(work_item_id=item):
            source = column_with(state, item)
            target = column_after(state, source, item)
            check_room(target, item)
            return [
                WorkItemAdvanced(
                    work_item_id=item,
                    from_column_id=source.column_id,
                    to_column_id=target.column_id,
                )
            ]
        case AbandonWorkItem(work_item_id=item):
            source = column_with(state, item)
            return [
                WorkItemAbandoned(work_item_id=item, column_id=source.column_id)
            ]
        case RetireWorkItem(work_item_id=item):
            source = column_with(state, item)
            if source != state.columns[-1]:
                raise ConstraintError(
                    f"Only the last column retires; {item!r} is in {source.name!r}."
                )
            return [WorkItemRetired(work_item_id=item, column_id=source.column_id)]
        case _:
            assert_never(command)


def evolve(state: BoardState, event: BoardEvent) -> BoardState:  # step 17
    """Give the state after an event; the state before it stays as it is.

    It refuses no event of a board, and asks neither the clock nor chance.

    Raises:
        AssertionError: This is no event of a board; `assert_never` raises it.
    """
    columns = state.columns
    match event:
        case BoardCreated():
            return BoardState(
                board_id=event.board_id,
                name=event.name,
                description=event.description,
            )
        case BoardRenamed():
            return replace(state, name=event.name)
        case BoardDescribed():
            return replace(state, description=event.description)
        case BoardDiscarded():
            return replace(state, discarded=True)
        case ColumnAdded():
            return replace(state, columns=(*columns, _new_column(event)))
        case ColumnInserted():
            place = columns.index(column_of(state, event.following_id))
            before, after = columns[:place], columns[place:]
            return replace(state, columns=(*before, _new_column(event), *after))
        case ColumnRenamed():
            return with_column(state, event.column_id, name=event.name)
        case WipLimitChanged():
            return with_column(state, event.column_id, wip_limit=event.wip_limit)
        case ColumnRemoved():
            left = tuple(c for c in columns if c.column_id != event.column_id)
            return replace(state, columns=left)
        case WorkItemScheduled():
            return with_item(state, event.column_id, event.work_item_id)
        case WorkItemAdvanced():
            gone = without_item(state, event.from_column_id, event.work_item_id)
            return with_item(gone, event.to_column_id, event.work_item_id)
        case WorkItemAbandoned() | WorkItemRetired():
            return without_item(state, event.column_id, event.work_item_id)
        case _:
            assert_never(event)


def fold(history: Iterable[BoardEvent]) -> BoardState:  # step 17
    """Give the state that a history made, from `NO_BOARD` on.

    The events come in the order in which they happened, and each of them counts. A
    history may be a source that yields one after the other. Without any event, the
    state is `NO_BOARD`.
    """
    return reduce(evolve, history, NO_BOARD)


def _new_column(  # step 17 (helper)
    event: ColumnAdded | ColumnInserted,
) -> ColumnState:
    return ColumnState(
        column_id=event.column_id, name=event.name, wip_limit=event.wip_limit
    )


# What the two functions are made of: states in, states out, or a refusal


def with_column(
    state: BoardState,
    column_id: str,
    **changes: object,
) -> BoardState:
    """The state with something else about one column, such as `name="Doing"`."""
    changed = tuple(
        replace(column, **changes) if column.column_id == column_id else column  # type: ignore[arg-type]
        for column in state.columns
    )
    return replace(state, columns=changed)


def with_item(state: BoardState, column_id: str, item: str) -> BoardState:
    """The state with the item at the end of a column."""
    items = column_of(state, column_id).work_item_ids
    return with_column(state, column_id, work_item_ids=(*items, item))


def without_item(state: BoardState, column_id: str, item: str) -> BoardState:
    """The state without the item in a column."""
    items = column_of(state, column_id).work_item_ids
    left = tuple(other for other in items if other != item)
    return with_column(state, column_id, work_item_ids=left)


def column_of(state: BoardState, column_id: str) -> ColumnState:
    """The column of this id, or `ColumnNotFoundError`."""
    for column in state.columns:
        if column.column_id == column_id:
            return column
    raise ColumnNotFoundError(state.board_id, column_id)


def column_with(state: BoardState, item: str) -> ColumnState:
    """The column that holds the item, or `WorkItemNotFoundError`."""
    for column in state.columns:
        if item in column.work_item_ids:
            return column
    raise WorkItemNotFoundError(item, f"on the board {state.name!r}")


def first_column_for(state: BoardState, item: str) -> ColumnState:
    """The column that a new item enters; `ConstraintError` if it is on the board."""
    if not state.columns:
        raise ConstraintError(
            f"The board {state.name!r} has no column for {item!r}."
        )
    for column in state.columns:
        if item in column.work_item_ids:
            raise ConstraintError(
                f"The item {item!r} is in {column.name!r} already."
            )
    return state.columns[0]


def column_after(state: BoardState, column: ColumnState, item: str) -> ColumnState:
    """The column that an item goes to next, or `ConstraintError` after the last."""
    if column == state.columns[-1]:
        raise ConstraintError(
            f"No column follows {column.name!r}; {item!r} can be retired."
        )
    return state.columns[state.columns.index(column) + 1]


def check_room(column: ColumnState, item: str) -> None:
    """Refuse with `WorkLimitError` if the column is full."""
    limit = column.wip_limit
    if limit is not None and len(column.work_item_ids) >= limit:
        raise WorkLimitError(column.name, limit, item)


def free_name(state: BoardState, name: str, besides: ColumnState) -> str:
    """The name without spaces around it, if no other column has it."""
    name = name.strip()
    if not name:
        raise ValueError(f"A column's name says something; {name!r} is blank.")
    if any(c.name == name for c in state.columns if c != besides):
        raise ConstraintError(
            f"The board {state.name!r} has a column {name!r} already."
        )
    return name


class DecidedBoard(Board):
    """A board that leaves its decisions to `decide`: a shell around the functions.

    Whoever uses it sees no difference. Its specifications hold as they are.
    """

    def __init__(self) -> None:
        super().__init__()
        # Two underscores: your `Board` may have a `_state` of its own.
        self.__state = NO_BOARD

    def apply(self, event: BoardEvent) -> None:
        """Change the state as the event says."""
        super().apply(event)
        self.__state = evolve(self.__state, event)

    def rename_column(self, column_id: str, name: str) -> None:
        """Give a column another name."""
        self._do(RenameColumn(column_id=column_id, name=name))

    def schedule(self, item: WorkItem) -> None:
        """Put an item into the first column."""
        self._do(ScheduleWorkItem(work_item_id=item.id))

    def advance(self, item: WorkItem) -> None:
        """Move an item one column to the right."""
        self._do(AdvanceWorkItem(work_item_id=item.id))

    def abandon(self, item: WorkItem) -> None:
        """Take an item off the board unfinished."""
        self._do(AbandonWorkItem(work_item_id=item.id))

    def retire(self, item: WorkItem) -> None:
        """Take a finished item off the last column."""
        self._do(RetireWorkItem(work_item_id=item.id))

    def _do(self, command: Command) -> None:
        for event in decide(command, self.__state):
            self.record(event)
