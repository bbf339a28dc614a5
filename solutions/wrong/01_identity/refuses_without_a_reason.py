"""Your refusal does not say which value it refuses.

Somebody reads this error in a log at night, far from your code. Which value do they need to see
in the message?
"""


def _checked_due_date(due_date):
    if due_date is not None and (isinstance(due_date, datetime) or not isinstance(due_date, date)):
        raise ValueError("A due date is a day.")
    return due_date
