"""You look for a column by its name where the board is asked for its id.

Names change, and two boards may use the same one. What does `column` promise to look at, and what
does `column_named`?
"""


class Board:
    def column(self, wanted):
        self.check_in_use()
        for column in self._columns:
            if wanted in (column.id, column.name):
                return column
        raise ColumnNotFoundError(self._id, wanted)

    def column_named(self, wanted):
        return self.column(wanted.strip())
