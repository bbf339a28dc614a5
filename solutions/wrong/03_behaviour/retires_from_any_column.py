"""You retire items that are not finished.

To leave the board from any column is what `abandon` is for. From which column may an item be
retired, and which column is it in?
"""


class Board:
    def retire(self, item):
        self._columns[self._place_of(item)]._let_go(item)
