"""You find the right items, and the one that waits longest is not in front.

Somebody reads your answer from the top, and starts with the first item. Which customer has waited
longest, and where is their item?
"""


def overdue_work_items(work_items, *, today):
    return tuple(
        item for item in work_items if item.due_date is not None and item.due_date < today
    )
