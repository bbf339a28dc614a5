"""Day and place are compared, and never the items."""

from collections.abc import Iterable
from datetime import date

from .work_item import WorkItem

__all__ = ["overdue_work_items"]


def overdue_work_items(work_items: Iterable[WorkItem], *, today: date) -> tuple[WorkItem, ...]:
    late = [
        (item.due_date, place, item)
        for place, item in enumerate(work_items)
        if item.due_date is not None and (today - item.due_date).days > 0
    ]
    return tuple(item for _, _, item in sorted(late))
