"""The events with named types for ids, and with bases for the fields that several have."""

from dataclasses import dataclass
from datetime import date
from typing import NewType, Optional, TypeAlias

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


ColumnId = NewType("ColumnId", str)
ItemId = NewType("ItemId", str)


@dataclass(frozen=True, kw_only=True)
class _OfColumn(Event):
    column_id: ColumnId


@dataclass(frozen=True, kw_only=True)
class _OfItem(Event):
    work_item_id: ItemId


@dataclass(frozen=True, kw_only=True)
class ColumnAdded(_OfColumn):
    """A column was added at the right end."""

    wip_limit: Optional[int]
    name: str


@dataclass(frozen=True, kw_only=True)
class ColumnInserted(_OfColumn):
    """A column was put in at the left side of another one."""

    wip_limit: Optional[int]
    name: str
    following_id: ColumnId


@dataclass(frozen=True, kw_only=True)
class ColumnRenamed(_OfColumn):
    """A column got another name."""

    name: str


@dataclass(frozen=True, kw_only=True)
class WipLimitChanged(_OfColumn):
    """A column takes more items than before, or fewer."""

    wip_limit: Optional[int]


@dataclass(frozen=True, kw_only=True)
class ColumnRemoved(_OfColumn):
    """A column was taken off the board."""


@dataclass(frozen=True, kw_only=True)
class WorkItemScheduled(_OfColumn, _OfItem):
    """A work item came onto the board."""


@dataclass(frozen=True, kw_only=True)
class WorkItemAdvanced(_OfItem):
    """A work item moved one column to the right."""

    to_column_id: ColumnId
    from_column_id: ColumnId


@dataclass(frozen=True, kw_only=True)
class WorkItemAbandoned(_OfColumn, _OfItem):
    """A work item was taken off the board unfinished."""


@dataclass(frozen=True, kw_only=True)
class WorkItemRetired(_OfColumn, _OfItem):
    """A work item was finished, and left the board."""


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
