"""Your board says no without saying to what.

Whoever reads the message in a log has only the message. Which item was it, and in which column is
it?
"""


class Board:
    def schedule(self, item):
        self.check_in_use()
        if not self._columns:
            raise ConstraintError("There is no column.")
        if any(item.id in column.work_item_ids for column in self._columns):
            raise ConstraintError("This item is on the board already.")
        self._columns[0]._take(item)

    def advance(self, item):
        place = self._place_of(item)
        if place == len(self._columns) - 1:
            raise ConstraintError("There is no next column.")
        self._columns[place + 1]._take(item)
        self._columns[place]._let_go(item)

    def retire(self, item):
        place = self._place_of(item)
        if place != len(self._columns) - 1:
            raise ConstraintError("This item is not in the last column.")
        self._columns[place]._let_go(item)
