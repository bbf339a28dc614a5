"""The same Kanban board, kept as the events that made it."""

from . import events
from .board import Board, Column, create_board
from .errors import (
    BoardNotFoundError,
    ColumnNotFoundError,
    ConstraintError,
    DiscardedEntityError,
    WorkItemNotFoundError,
    WorkLimitError,
)
from .work_item import WorkItem, register_work_item

__all__ = [
    "Board",
    "BoardNotFoundError",
    "Column",
    "ColumnNotFoundError",
    "ConstraintError",
    "DiscardedEntityError",
    "WorkItem",
    "WorkItemNotFoundError",
    "WorkLimitError",
    "create_board",
    "events",
    "register_work_item",
]
