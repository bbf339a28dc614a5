"""Your discarded board goes on as if nothing had happened.

`discard` leaves a mark, and `check_in_use` looks at it. Which of your methods must call it first?
Do some of them begin with another method that does so already?
"""


class Board:
    @property
    def columns(self):
        return tuple(self._columns)

    def column(self, column_id):
        for column in self._columns:
            if column.id == column_id:
                return column
        raise ColumnNotFoundError(self._id, column_id)

    def column_named(self, name):
        for column in self._columns:
            if column.name == name.strip():
                return column
        raise ColumnNotFoundError(self._id, name)

    def add_column(self, name, *, wip_limit=None, column_id=None):
        column = self._new_column(name, wip_limit, column_id)
        self._columns.append(column)
        return column
