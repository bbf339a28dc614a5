"""Each item is put where it belongs as it comes."""

from bisect import insort_right
from collections.abc import Iterable
from datetime import date

from .work_item import WorkItem

__all__ = ["overdue_work_items"]


def _day(item: WorkItem) -> date:
    return item.due_date or date.max


def overdue_work_items(work_items: Iterable[WorkItem], *, today: date) -> tuple[WorkItem, ...]:
    found: list[WorkItem] = []
    for item in work_items:
        if item.due_date is None or today <= item.due_date:
            continue
        insort_right(found, item, key=_day)
    return tuple(found)
