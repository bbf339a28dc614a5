"""Your board takes an item that is on it already.

Then one card hangs there twice, and which of the two do you move? What has to be asked of all the
columns before an item is scheduled?
"""


class Board:
    def schedule(self, item):
        self.check_in_use()
        if not self._columns:
            raise ConstraintError(f"There is no column for {item.id}.")
        self._columns[0]._take(item)
