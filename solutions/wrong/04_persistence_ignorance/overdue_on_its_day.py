"""You call an item overdue on the very day that it was promised for.

The team promised Friday, and it is Friday morning. Have they broken their promise yet? Which
comparison says that the day is over?
"""


def overdue_work_items(work_items, *, today):
    dated = [item for item in work_items if item.due_date is not None]
    late = [item for item in dated if item.due_date <= today]
    return tuple(sorted(late, key=lambda item: item.due_date))
