"""A work item: something that the team has promised to do."""

from datetime import date, datetime
from uuid import uuid4

from .errors import DiscardedEntityError

__all__ = ["WorkItem", "register_work_item"]


class WorkItem:
    """A piece of work, and the same piece of work however much about it changes.

    A name is not blank, and it is kept without the spaces around it. A due date is
    a day or `None`. Both hold from the first moment on: `register_work_item`
    refuses what a change refuses. What is refused raises a `ValueError` that names
    the value, and changes nothing.

    A discarded item answers to `id`, `==`, `hash` and `repr`. Everything else, a
    second `discard` included, raises `DiscardedEntityError`.
    """

    def __init__(  # step 1
        self, work_item_id: str, name: str, due_date: date | None, content: str
    ) -> None:
        """Start with these values; they obey the rules as any later ones do."""
        raise NotImplementedError("step 1: WorkItem.__init__")

    @property
    def id(self) -> str:  # step 1
        """Who the item is. Nothing changes it, and discarding keeps it."""
        raise NotImplementedError("step 1: WorkItem.id")

    @property
    def name(self) -> str:  # step 1
        """What the team calls the item today."""
        raise NotImplementedError("step 1: WorkItem.name")

    @property
    def due_date(self) -> date | None:  # step 1
        """The day it was promised for; `None` if no day was promised."""
        raise NotImplementedError("step 1: WorkItem.due_date")

    @property
    def content(self) -> str:  # step 1
        """What there is to do, in as many words as it takes; it may be empty."""
        raise NotImplementedError("step 1: WorkItem.content")

    def __eq__(self, other: object) -> bool:  # step 1
        """Whether `other` is this very item: a work item with the same id."""
        raise NotImplementedError("step 1: WorkItem.__eq__")

    def __hash__(self) -> int:  # step 1
        """Equal items have equal hashes, and an item's hash never changes."""
        raise NotImplementedError("step 1: WorkItem.__hash__")

    def rename(self, name: str) -> None:  # step 1
        """Give the item another name.

        Raises:
            ValueError: The name is blank.
            DiscardedEntityError: The item was discarded.
        """
        raise NotImplementedError("step 1: WorkItem.rename")

    def change_due_date(self, due_date: date | None) -> None:  # step 1
        """Promise the item for another day, or for no day.

        Raises:
            ValueError: The due date is neither a `date` nor `None`. A `datetime` is
                refused too: to Python it is a `date`, but a day has no time of day.
            DiscardedEntityError: The item was discarded.
        """
        raise NotImplementedError("step 1: WorkItem.change_due_date")

    def change_content(self, content: str) -> None:  # step 1
        """Say anew what there is to do.

        Raises:
            DiscardedEntityError: The item was discarded.
        """
        raise NotImplementedError("step 1: WorkItem.change_content")

    def discard(self) -> None:  # step 1
        """Give the item up, for good.

        Raises:
            DiscardedEntityError: The item was discarded before.
        """
        raise NotImplementedError("step 1: WorkItem.discard")

    def __repr__(self) -> str:
        try:
            return f"WorkItem({self.id!r}, {self.name!r})"
        except DiscardedEntityError:
            return f"WorkItem({self.id!r}, discarded)"


def register_work_item(  # step 1
    name: str,
    *,
    due_date: date | None = None,
    content: str = "",
    work_item_id: str | None = None,
) -> WorkItem:
    """Make a new work item.

    An item that is given no id gets one of its own: the text of a random UUID.

    Raises:
        ValueError: The name or the due date is one that a work item refuses.
    """
    raise NotImplementedError("step 1: register_work_item")
