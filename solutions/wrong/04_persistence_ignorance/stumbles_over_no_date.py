"""Your search for overdue items stumbles over an item without a due date.

Python cannot say whether `None` comes before a day. What do you want to say about an item that
was promised for no day, and where must you say it, so that the comparison is never tried?
"""


def overdue_work_items(work_items, *, today):
    late = [item for item in work_items if item.due_date < today]
    return tuple(sorted(late, key=lambda item: item.due_date))
