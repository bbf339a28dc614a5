"""Your talk's id is made of the event alone, and says nothing of the column.

If one event ever fills two columns, how many talks should there be? What do two talks after the
same event differ in?
"""


def talk_about(column, stored):
    return register_work_item(
        f"Talk about {column.name}: it is full",
        due_date=stored.recorded_at.date() + timedelta(days=1),
        work_item_id=f"talk-{stored.position}",
    )
