"""The events with annotations that stay text, and with `KW_ONLY` in the place of `kw_only`."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import ClassVar, TypeAlias

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


@dataclass(frozen=True)
class ColumnAdded(Event):
    """A column was added at the right end.

    It tells the column's `column_id`, its `name`, and its `wip_limit` (`None` for any
    number).
    """

    schema: ClassVar[int] = 1
    _: KW_ONLY
    column_id: str
    name: str
    wip_limit: int | None


@dataclass(frozen=True)
class ColumnInserted(Event):
    """A column was put in at the left side of another one.

    It tells the same as `ColumnAdded`, and the id of the column that it was put before:
    `following_id`.
    """

    schema: ClassVar[int] = 1
    _: KW_ONLY
    column_id: str
    following_id: str
    name: str
    wip_limit: int | None


@dataclass(frozen=True)
class ColumnRenamed(Event):
    """A column got another name.

    It tells which column, `column_id`, and the new `name`.
    """

    schema: ClassVar[int] = 1
    _: KW_ONLY
    column_id: str
    name: str


@dataclass(frozen=True)
class WipLimitChanged(Event):
    """A column takes more items than before, or fewer.

    It tells which column, `column_id`, and the new `wip_limit` (`None` for any number).
    """

    schema: ClassVar[int] = 1
    _: KW_ONLY
    column_id: str
    wip_limit: int | None


@dataclass(frozen=True)
class ColumnRemoved(Event):
    """A column was taken off the board.

    It tells which one: `column_id`.
    """

    schema: ClassVar[int] = 1
    _: KW_ONLY
    column_id: str


@dataclass(frozen=True)
class WorkItemScheduled(Event):
    """A work item came onto the board.

    It tells which one, `work_item_id`, and which column it entered: `column_id`.
    """

    schema: ClassVar[int] = 1
    _: KW_ONLY
    work_item_id: str
    column_id: str


@dataclass(frozen=True)
class WorkItemAdvanced(Event):
    """A work item moved one column to the right.

    It tells which one, `work_item_id`, and both columns: `from_column_id` and
    `to_column_id`.
    """

    schema: ClassVar[int] = 1
    _: KW_ONLY
    work_item_id: str
    from_column_id: str
    to_column_id: str


@dataclass(frozen=True)
class WorkItemAbandoned(Event):
    """A work item was taken off the board unfinished.

    It tells which one, `work_item_id`, and the column that it left: `column_id`.
    """

    schema: ClassVar[int] = 1
    _: KW_ONLY
    work_item_id: str
    column_id: str


@dataclass(frozen=True)
class WorkItemRetired(Event):
    """A work item was finished, and left the board.

    It tells which one, `work_item_id`, and the column that it left: `column_id`.
    """

    schema: ClassVar[int] = 1
    _: KW_ONLY
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
