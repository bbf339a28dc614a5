"""You put a new column in the place of the one that is renamed, and its items are lost.

It is the `rename_column` of step 2, which could not be tested before there were items. What else
does a column hold, besides its name? Which one value has to change?
"""


class Board:
    def rename_column(self, column_id, name):
        column = self.column(column_id)
        name = self._free_name(name, besides=column)
        new = Column(column.id, name, column.wip_limit)
        self._columns[self._columns.index(column)] = new
