"""What can happen to work items and boards: facts, named in the past tense."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from workshop.eventsourcing import Event

__all__ = [
    "BoardCreated",
    "BoardDescribed",
    "BoardDiscarded",
    "BoardEvent",
    "BoardRenamed",
    "ColumnAdded",
    "ColumnInserted",
    "ColumnRemoved",
    "ColumnRenamed",
    "WipLimitChanged",
    "WorkItemAbandoned",
    "WorkItemAdvanced",
    "WorkItemContentChanged",
    "WorkItemDiscarded",
    "WorkItemDueDateChanged",
    "WorkItemEvent",
    "WorkItemRegistered",
    "WorkItemRenamed",
    "WorkItemRetired",
    "WorkItemScheduled",
]


@dataclass(frozen=True, kw_only=True)
class WorkItemRegistered(Event):
    """A work item came into being."""

    work_item_id: str
    name: str
    due_date: date | None
    content: str


@dataclass(frozen=True, kw_only=True)
class WorkItemRenamed(Event):
    """A work item got another name."""

    name: str


@dataclass(frozen=True, kw_only=True)
class WorkItemDueDateChanged(Event):
    """A work item was promised for another day, or for none."""

    due_date: date | None


@dataclass(frozen=True, kw_only=True)
class WorkItemContentChanged(Event):
    """It was said anew what there is to do."""

    content: str


@dataclass(frozen=True, kw_only=True)
class WorkItemDiscarded(Event):
    """A work item was given up, for good."""


WorkItemEvent: TypeAlias = (
    WorkItemRegistered
    | WorkItemRenamed
    | WorkItemDueDateChanged
    | WorkItemContentChanged
    | WorkItemDiscarded
)


@dataclass(frozen=True, kw_only=True)
class BoardCreated(Event):
    """A board came into being, without columns."""

    board_id: str
    name: str
    description: str


@dataclass(frozen=True, kw_only=True)
class BoardRenamed(Event):
    """A board got another name."""

    name: str


@dataclass(frozen=True, kw_only=True)
class BoardDescribed(Event):
    """It was said anew what a board is for."""

    description: str


@dataclass(frozen=True, kw_only=True)
class BoardDiscarded(Event):
    """A board was given up, for good."""


@dataclass(frozen=True, kw_only=True)
class ColumnAdded(Event):  # step 5
    """A column was added at the right end.

    It tells the column's `column_id`, its `name`, and its `wip_limit` (`None` for any
    number).
    """

    column_id: str
    name: str
    wip_limit: int | None


@dataclass(frozen=True, kw_only=True)
class ColumnInserted(Event):  # step 5
    """A column was put in at the left side of another one.

    It tells the same as `ColumnAdded`, and the id of the column that it was put before:
    `following_id`.
    """

    column_id: str
    following_id: str
    name: str
    wip_limit: int | None


@dataclass(frozen=True, kw_only=True)
class ColumnRenamed(Event):  # step 5
    """A column got another name.

    It tells which column, `column_id`, and the new `name`.
    """

    column_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class WipLimitChanged(Event):  # step 5
    """A column takes more items than before, or fewer.

    It tells which column, `column_id`, and the new `wip_limit` (`None` for any number).
    """

    column_id: str
    wip_limit: int | None


@dataclass(frozen=True, kw_only=True)
class ColumnRemoved(Event):  # step 5
    """A column was taken off the board.

    It tells which one: `column_id`.
    """

    column_id: str


@dataclass(frozen=True, kw_only=True)
class WorkItemScheduled(Event):  # step 5
    """A work item came onto the board.

    It tells which one, `work_item_id`, and which column it entered: `column_id`.
    """

    work_item_id: str
    column_id: str


@dataclass(frozen=True, kw_only=True)
class WorkItemAdvanced(Event):  # step 5
    """A work item moved one column to the right.

    It tells which one, `work_item_id`, and both columns: `from_column_id` and
    `to_column_id`.
    """

    work_item_id: str
    from_column_id: str
    to_column_id: str


@dataclass(frozen=True, kw_only=True)
class WorkItemAbandoned(Event):  # step 5
    """A work item was taken off the board unfinished.

    It tells which one, `work_item_id`, and the column that it left: `column_id`.
    """

    work_item_id: str
    column_id: str


@dataclass(frozen=True, kw_only=True)
class WorkItemRetired(Event):  # step 5
    """A work item was finished, and left the board.

    It tells which one, `work_item_id`, and the column that it left: `column_id`.
    """

    work_item_id: str
    column_id: str


BoardEvent: TypeAlias = (
    BoardCreated
    | BoardRenamed
    | BoardDescribed
    | BoardDiscarded
    | ColumnAdded
    | ColumnInserted
    | ColumnRenamed
    | WipLimitChanged
    | ColumnRemoved
    | WorkItemScheduled
    | WorkItemAdvanced
    | WorkItemAbandoned
    | WorkItemRetired
)
