"""Your board without columns fails with an `IndexError` when an item is scheduled.

A board begins without columns, so somebody will try it. Which rule of the domain says no, and
which error belongs to it?
"""


class Board:
    def schedule(self, item):
        self.check_in_use()
        for column in self._columns:
            if item.id in column.work_item_ids:
                raise ConstraintError(f"{item.id} is in {column.name}.")
        self._columns[0]._take(item)
