"""You look at the clock to find the day for which the talk is due.

The reader may run a week late, and a program that reads all again runs a year late. Who else knows
when the column filled up?
"""

from datetime import UTC, datetime


def talk_about(column, stored):
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    return register_work_item(
        f"Talk about {column.name}: it is full",
        due_date=tomorrow,
        work_item_id=f"talk-{stored.position}-{column.id}",
    )
