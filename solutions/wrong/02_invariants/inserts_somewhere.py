"""Your board inserts a column even if there is none to insert it before.

The caller named a column, and the board has no such column. Where does your loop end up when it
does not find it? Who should be told?
"""


class Board:
    def insert_column_before(self, following_id, name, *, wip_limit=None, column_id=None):
        self.check_in_use()
        place = 0
        for column in self._columns:
            if column.id == following_id:
                break
            place += 1
        column = self._new_column(name, wip_limit, column_id)
        self._columns.insert(place, column)
        return column
