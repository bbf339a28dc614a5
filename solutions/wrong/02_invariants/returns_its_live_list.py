"""Your board hands out its own list of columns, and whoever has it can change the board.

Try `board.columns.clear()`. Which of your rules was asked? What could you give instead, so that
the caller can look and not touch?
"""


class Board:
    @property
    def columns(self):
        self.check_in_use()
        return self._columns
