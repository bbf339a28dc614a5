"""You give the talk no id, so each delivery asks for another talk.

The program dies, starts again, and is told the same event. What could an id be made of, so that it
comes out the same each time?
"""


def talk_about(column, stored):
    tomorrow = stored.recorded_at.date() + timedelta(days=1)
    return register_work_item(
        f"Talk about {column.name}: it is full", due_date=tomorrow
    )
