"""You say that an item is not on the board, when it is in another column than the last.

The item is there, and it is too early to retire it. Which two questions does `retire` have to ask,
and with which error does each of them say no?
"""


class Board:
    def retire(self, item):
        self.check_in_use()
        if not self._columns or item.id not in self._columns[-1].work_item_ids:
            raise WorkItemNotFoundError(item.id, "in the last column")
        self._columns[-1]._let_go(item)
