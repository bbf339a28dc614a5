"""Your discarded board still takes new columns.

Your other commands first look for a column, and that refuses a discarded board. `add_column` looks
for none. What does it have to do itself?
"""


class Board:
    def add_column(self, name, *, wip_limit=None, column_id=None):
        column = self._new_column(name, wip_limit, column_id)
        self._columns.append(column)
        return column
