"""A Kanban board as plain Python objects that know nothing of storage."""

from .board import Board, Column, create_board
from .errors import (
    BoardNotFoundError,
    ColumnNotFoundError,
    ConstraintError,
    DiscardedEntityError,
    WorkItemNotFoundError,
    WorkLimitError,
)
from .repository import BoardRepository, InMemoryBoardRepository
from .services import overdue_work_items
from .work_item import WorkItem, register_work_item

__all__ = [
    "Board",
    "BoardNotFoundError",
    "BoardRepository",
    "Column",
    "ColumnNotFoundError",
    "ConstraintError",
    "DiscardedEntityError",
    "InMemoryBoardRepository",
    "WorkItem",
    "WorkItemNotFoundError",
    "WorkLimitError",
    "create_board",
    "overdue_work_items",
    "register_work_item",
]
