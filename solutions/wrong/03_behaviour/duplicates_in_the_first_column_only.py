"""You look for the item in the first column only, and schedule it twice.

Scheduled items move on. In which columns could an item be that is on the board already?
"""


class Board:
    def schedule(self, item):
        self.check_in_use()
        if not self._columns:
            raise ConstraintError(f"There is no column for {item.id}.")
        if item.id in self._columns[0].work_item_ids:
            raise ConstraintError(f"{item.id} is in {self._columns[0].name}.")
        self._columns[0]._take(item)
