"""You are asked to remove a column that the board does not have, and nothing is said.

A list without the column is what you get, whether it was there or not. Somebody now believes that
a column is gone. Which of your methods already knows how to say that there is none?
"""


class Board:
    def remove_column(self, column_id):
        self.check_in_use()
        self._columns = [column for column in self._columns if column.id != column_id]
