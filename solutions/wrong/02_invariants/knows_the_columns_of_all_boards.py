"""Your board finds columns of other boards, and changes them.

A dictionary that belongs to the class is shared by all boards. To whom must a board's knowledge of
its columns belong, and where is it made, so that each board has its own?
"""


class Board:
    _known = {}

    def column(self, column_id):
        self.check_in_use()
        if column_id not in self._known:
            raise ColumnNotFoundError(self._id, column_id)
        return self._known[column_id]

    def add_column(self, name, *, wip_limit=None, column_id=None):
        self.check_in_use()
        column = self._new_column(name, wip_limit, column_id)
        self._columns.append(column)
        self._known[column.id] = column
        return column

    def insert_column_before(self, following_id, name, *, wip_limit=None, column_id=None):
        place = self._columns.index(self.column(following_id))
        column = self._new_column(name, wip_limit, column_id)
        self._columns.insert(place, column)
        self._known[column.id] = column
        return column

    def remove_column(self, column_id):
        self._columns.remove(self.column(column_id))
        del self._known[column_id]
