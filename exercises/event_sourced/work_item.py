"""The work item again, this time made of events: a model for the board that you write.

Each command checks the rules and records what happened. Only `apply` changes anything.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Self, assert_never
from uuid import uuid4

from .errors import DiscardedEntityError
from .events import (
    WorkItemContentChanged,
    WorkItemDiscarded,
    WorkItemDueDateChanged,
    WorkItemEvent,
    WorkItemRegistered,
    WorkItemRenamed,
)

__all__ = ["WorkItem", "register_work_item"]


class WorkItem:
    """A piece of work, and the same piece of work however much about it changes."""

    def __init__(self) -> None:
        self._id = ""
        self._discarded = False
        self._version = 0
        self._pending: list[WorkItemEvent] = []

    @property
    def id(self) -> str:
        """Who the item is. Nothing changes it, and discarding keeps it."""
        return self._id

    @property
    def name(self) -> str:
        """What the team calls the item today."""
        self._check_not_discarded()
        return self._name

    @property
    def due_date(self) -> date | None:
        """The day it was promised for; `None` if no day was promised."""
        self._check_not_discarded()
        return self._due_date

    @property
    def content(self) -> str:
        """What there is to do, in as many words as it takes; it may be empty."""
        self._check_not_discarded()
        return self._content

    @property
    def version(self) -> int:
        """How many events made this item, those still pending included."""
        return self._version

    @property
    def pending(self) -> tuple[WorkItemEvent, ...]:
        """The events that were recorded and not saved yet, oldest first."""
        return tuple(self._pending)

    def __eq__(self, other: object) -> bool:
        return (
            self._id == other._id if isinstance(other, WorkItem) else NotImplemented
        )

    def __hash__(self) -> int:
        return hash(self._id)

    def __repr__(self) -> str:
        described = "discarded" if self._discarded else repr(self._name)
        return f"WorkItem({self._id!r}, {described})"

    def rename(self, name: str) -> None:
        """Give the item another name; its own name again is nothing new."""
        self._check_not_discarded()
        name = _checked_name(name)
        if name != self._name:
            self.record(WorkItemRenamed(name=name))

    def change_due_date(self, due_date: date | None) -> None:
        """Promise the item for another day, or for no day."""
        self._check_not_discarded()
        due_date = _checked_due_date(due_date)
        if due_date != self._due_date:
            self.record(WorkItemDueDateChanged(due_date=due_date))

    def change_content(self, content: str) -> None:
        """Say anew what there is to do."""
        self._check_not_discarded()
        if content != self._content:
            self.record(WorkItemContentChanged(content=content))

    def discard(self) -> None:
        """Give the item up, for good."""
        self._check_not_discarded()
        self.record(WorkItemDiscarded())

    def record(self, event: WorkItemEvent) -> None:
        """Apply what happened, and keep it until it is saved."""
        self.apply(event)
        self._version += 1
        self._pending.append(event)

    def apply(self, event: WorkItemEvent) -> None:
        """Change the state as the event says; there is nothing left to decide."""
        match event:
            case WorkItemRegistered():
                self._id = event.work_item_id
                self._name = event.name
                self._due_date = event.due_date
                self._content = event.content
            case WorkItemRenamed():
                self._name = event.name
            case WorkItemDueDateChanged():
                self._due_date = event.due_date
            case WorkItemContentChanged():
                self._content = event.content
            case WorkItemDiscarded():
                self._discarded = True
            case _:
                assert_never(event)

    @classmethod
    def replay(cls, history: Iterable[WorkItemEvent]) -> Self:
        """Make the item that this history made.

        Raises:
            ValueError: There is no history.
        """
        item = cls()
        for event in history:
            item.apply(event)
            item._version += 1
        if not item._version:
            raise ValueError("a work item cannot be replayed from no events")
        return item

    def _check_not_discarded(self) -> None:
        if self._discarded:
            raise DiscardedEntityError("work item", self._id)


def register_work_item(
    name: str,
    *,
    due_date: date | None = None,
    content: str = "",
    work_item_id: str | None = None,
) -> WorkItem:
    """Make a new work item.

    An item that is given no id gets one of its own: the text of a random UUID.
    """
    item = WorkItem()
    item.record(
        WorkItemRegistered(
            work_item_id=str(uuid4()) if work_item_id is None else work_item_id,
            name=_checked_name(name),
            due_date=_checked_due_date(due_date),
            content=content,
        )
    )
    return item


def _checked_name(name: str) -> str:
    stripped = name.strip()
    if not stripped:
        raise ValueError(f"A work item's name says something; {name!r} is blank.")
    return stripped


def _checked_due_date(due_date: date | None) -> date | None:
    is_a_day = isinstance(due_date, date) and not isinstance(due_date, datetime)
    if due_date is not None and not is_a_day:
        raise ValueError(
            f"A due date is a `date` or None; {due_date!r} is neither."
        )
    return due_date
