"""You add one to the number of the day, and a month has an end.

Which day comes after the 29th of February? Which class of `datetime` can you add, so that Python
turns the page of the calendar?
"""


def talk_about(column, stored):
    today = stored.recorded_at.date()
    return register_work_item(
        f"Talk about {column.name}: it is full",
        due_date=today.replace(day=today.day + 1),
        work_item_id=f"talk-{stored.position}-{column.id}",
    )
