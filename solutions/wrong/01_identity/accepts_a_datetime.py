"""Your item accepts a `datetime` as its due date.

Try `isinstance(datetime.now(), date)`. What does Python answer, and why? A promise for a day has
no time of day, so a second look is needed.
"""


def _checked_due_date(due_date):
    if due_date is not None and not isinstance(due_date, date):
        raise ValueError(f"{due_date!r} is not a day.")
    return due_date
