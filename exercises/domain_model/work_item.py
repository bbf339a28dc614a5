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
        self._id = work_item_id
        self._discarded = False
        self.rename(name)
        self.change_due_date(due_date)
        self.change_content(content)

    @property
    def id(self) -> str:  # step 1
        """Who the item is. Nothing changes it, and discarding keeps it."""
        return self._id

    @property
    def name(self) -> str:  # step 1
        """What the team calls the item today."""
        self._check_not_discarded()
        return self._name

    @property
    def due_date(self) -> date | None:  # step 1
        """The day it was promised for; `None` if no day was promised."""
        self._check_not_discarded()
        return self._due_date

    @property
    def content(self) -> str:  # step 1
        """What there is to do, in as many words as it takes; it may be empty."""
        self._check_not_discarded()
        return self._content

    def __eq__(self, other: object) -> bool:  # step 1
        """Whether `other` is this very item: a work item with the same id."""
        if not isinstance(other, WorkItem):
            return NotImplemented
        return self._id == other._id

    def __hash__(self) -> int:  # step 1
        """Equal items have equal hashes, and an item's hash never changes."""
        return hash(self._id)

    def rename(self, name: str) -> None:  # step 1
        """Give the item another name.

        Raises:
            ValueError: The name is blank.
            DiscardedEntityError: The item was discarded.
        """
        self._check_not_discarded()
        self._name = _checked_name(name)

    def change_due_date(self, due_date: date | None) -> None:  # step 1
        """Promise the item for another day, or for no day.

        Raises:
            ValueError: The due date is neither a `date` nor `None`. A `datetime` is
                refused too: to Python it is a `date`, but a day has no time of day.
            DiscardedEntityError: The item was discarded.
        """
        self._check_not_discarded()
        self._due_date = _checked_due_date(due_date)

    def change_content(self, content: str) -> None:  # step 1
        """Say anew what there is to do.

        Raises:
            DiscardedEntityError: The item was discarded.
        """
        self._check_not_discarded()
        self._content = content

    def discard(self) -> None:  # step 1
        """Give the item up, for good.

        Raises:
            DiscardedEntityError: The item was discarded before.
        """
        self._check_not_discarded()
        self._discarded = True

    def _check_not_discarded(self) -> None:  # step 1 (helper)
        if self._discarded:
            raise DiscardedEntityError("work item", self._id)

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
    if work_item_id is None:
        work_item_id = str(uuid4())
    return WorkItem(work_item_id, name, due_date, content)


def _checked_name(name: str) -> str:  # step 1 (helper)
    stripped = name.strip()
    if not stripped:
        raise ValueError(f"A work item's name says something; {name!r} is blank.")
    return stripped


def _checked_due_date(due_date: date | None) -> date | None:  # step 1 (helper)
    is_a_day = isinstance(due_date, date) and not isinstance(due_date, datetime)
    if due_date is not None and not is_a_day:
        raise ValueError(
            f"A due date is a `date` or None; {due_date!r} is neither."
        )
    return due_date
