"""What belongs to the domain, and to none of its entities."""

from collections.abc import Iterable
from datetime import date

from .work_item import WorkItem

__all__ = ["overdue_work_items"]


def overdue_work_items(  # step 4
    work_items: Iterable[WorkItem], *, today: date
) -> tuple[WorkItem, ...]:
    """Find the items whose day has passed, the one that waits longest first.

    On its due date an item is not overdue yet. An item without a due date never is.
    Items of the same day keep their order.
    """
    overdue = [
        (item.due_date, item)
        for item in work_items
        if item.due_date is not None and item.due_date < today
    ]
    overdue.sort(key=lambda dated: dated[0])
    return tuple(item for _, item in overdue)
