"""The same Kanban board, kept as the events that made it."""

from . import events
from .board import Board, Column, create_board
from .codec import EventCodec, kanban_codec
from .errors import (
    BoardNotFoundError,
    ColumnNotFoundError,
    ConstraintError,
    DiscardedEntityError,
    WorkItemNotFoundError,
    WorkLimitError,
)
from .event_store import SqliteEventStore
from .read_models import FINISHED, CumulativeFlow, LeadTimes
from .repository import BoardRepository, PastBoard, retry_on_conflict
from .subscription import ColumnCounts, Subscription, run_all
from .upcasting import Upcasters
from .work_item import WorkItem, register_work_item

__all__ = [
    "FINISHED",
    "Board",
    "BoardNotFoundError",
    "BoardRepository",
    "Column",
    "ColumnCounts",
    "ColumnNotFoundError",
    "ConstraintError",
    "CumulativeFlow",
    "DiscardedEntityError",
    "EventCodec",
    "LeadTimes",
    "PastBoard",
    "SqliteEventStore",
    "Subscription",
    "Upcasters",
    "WorkItem",
    "WorkItemNotFoundError",
    "WorkLimitError",
    "create_board",
    "events",
    "kanban_codec",
    "register_work_item",
    "retry_on_conflict",
    "run_all",
]
