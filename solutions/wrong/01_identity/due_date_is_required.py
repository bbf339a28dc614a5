"""Your item does not accept `None` as its due date.

Much of what a team does was never promised for a day. Which of your conditions does `None` run
into, and what should it do there?
"""


def _checked_due_date(due_date):
    if not isinstance(due_date, date) or isinstance(due_date, datetime):
        raise ValueError(f"{due_date!r} is not a day.")
    return due_date
