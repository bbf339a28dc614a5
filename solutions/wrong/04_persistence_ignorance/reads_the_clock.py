"""You ask the clock of this machine which day it is, and not your caller.

The tests pass in days that are long over, or far away. How would you ask today which items were
overdue at the end of last month? Which of the arguments has your function not used?
"""


def overdue_work_items(work_items, *, today):
    today = date.today()
    dated = [item for item in work_items if item.due_date is not None]
    late = [item for item in dated if item.due_date < today]
    return tuple(sorted(late, key=lambda item: item.due_date))
