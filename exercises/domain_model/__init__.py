"""A Kanban board as plain Python objects that know nothing of storage."""

from .errors import DiscardedEntityError
from .work_item import WorkItem, register_work_item

__all__ = ["DiscardedEntityError", "WorkItem", "register_work_item"]
