"""Your talk's id is made of the event's version, which counts within one board.

Two boards may both have a column *Doing*, filled by their seventh event. Which number of an event
does no other event have, on no board?
"""


def talk_about(column, stored):
    return register_work_item(
        f"Talk about {column.name}: it is full",
        due_date=stored.recorded_at.date() + timedelta(days=1),
        work_item_id=f"talk-{stored.version}-{column.id}",
    )
