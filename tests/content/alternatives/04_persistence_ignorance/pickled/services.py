"""One day after another: items of a day stay together, in their order."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from .work_item import WorkItem

__all__ = ["overdue_work_items"]


def overdue_work_items(work_items: Iterable[WorkItem], *, today: date) -> tuple[WorkItem, ...]:
    by_day: defaultdict[date, list[WorkItem]] = defaultdict(list)
    for item in work_items:
        if (due := item.due_date) and due < today:
            by_day[due].append(item)
    return tuple(item for day in sorted(by_day) for item in by_day[day])
