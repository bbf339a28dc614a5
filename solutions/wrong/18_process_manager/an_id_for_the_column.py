"""Your talk's id is made of the column alone, so each column gets one talk in its life.

The column has room again, and a week later it is full again. Which talk is that, and what tells it
from the first one?
"""


def talk_about(column, stored):
    return register_work_item(
        f"Talk about {column.name}: it is full",
        due_date=stored.recorded_at.date() + timedelta(days=1),
        work_item_id=f"talk-{column.id}",
    )
