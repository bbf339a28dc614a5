"""You put a new column in the place of the one that is renamed.

Whoever kept the column's id does not find it any more, and its limit is lost too. Who is a column:
its name, or its id? Which one value has to change?
"""


class Board:
    def rename_column(self, column_id, name):
        column = self.column(column_id)
        name = self._free_name(name, besides=column)
        self._columns[self._columns.index(column)] = Column(str(uuid4()), name, None)
