"""Your search stumbles over two items of the same day.

You sort pairs of a day and an item. When the days are equal, Python goes on and compares the
items, and an item is neither smaller nor greater than another. How do you say that only the day
counts?
"""


def overdue_work_items(work_items, *, today):
    dated = [(item.due_date, item) for item in work_items if item.due_date is not None]
    return tuple(item for due, item in sorted(dated) if due < today)
