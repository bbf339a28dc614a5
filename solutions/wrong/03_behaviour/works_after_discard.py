"""Your discarded board still schedules and moves items.

`check_in_use` is there for that, and every other command begins with it. Which of your four
commands ask it, and do they ask before anything else?
"""


class Board:
    def schedule(self, item):
        if not self._columns:
            raise ConstraintError(f"There is no column for {item.id}.")
        for column in self._columns:
            if item.id in column.work_item_ids:
                raise ConstraintError(f"{item.id} is in {column.name}.")
        self._columns[0]._take(item)

    def _place_of(self, item):
        for place, column in enumerate(self._columns):
            if item.id in column.work_item_ids:
                return place
        raise WorkItemNotFoundError(item.id, "on the board")
