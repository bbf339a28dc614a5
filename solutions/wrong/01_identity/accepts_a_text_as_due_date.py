"""Your item accepts text such as "next Friday" as its due date.

Tomorrow somebody asks which items are due before the tenth. What can Python say about
`"next Friday" < date(2026, 7, 10)`? You know what a due date is not. What is it?
"""


def _checked_due_date(due_date):
    if isinstance(due_date, datetime):
        raise ValueError(f"{due_date!r} has a time of day.")
    return due_date
