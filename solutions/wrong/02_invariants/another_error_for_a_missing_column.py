"""Your board says with an error of Python's own that a column is missing.

`StopIteration`, `IndexError` or `KeyError` tell how you searched, and nothing about the board.
Which error does the docstring promise, and which two values does it want from you?
"""


class Board:
    def column(self, column_id):
        self.check_in_use()
        return {column.id: column for column in self._columns}[column_id]

    def column_named(self, name):
        self.check_in_use()
        return {column.name: column for column in self._columns}[name.strip()]
