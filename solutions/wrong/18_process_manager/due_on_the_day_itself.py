"""Your talk is due on the day on which the column filled up, and not on the day after.

The column may fill up at five in the afternoon. What does the docstring say about the day?
"""


def talk_about(column, stored):
    return register_work_item(
        f"Talk about {column.name}: it is full",
        due_date=stored.recorded_at.date(),
        work_item_id=f"talk-{stored.position}-{column.id}",
    )
