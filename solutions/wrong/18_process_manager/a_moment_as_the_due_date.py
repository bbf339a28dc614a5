"""You give a moment as the due date, with hours and minutes, and the work item refuses it.

A due date is a day. What does a `datetime` have that tells its day?
"""


def talk_about(column, stored):
    return register_work_item(
        f"Talk about {column.name}: it is full",
        due_date=stored.recorded_at + timedelta(days=1),
        work_item_id=f"talk-{stored.position}-{column.id}",
    )
