"""Your `rename_column` changes the name itself, besides recording the event.

You see no harm, because `apply` sets the same name once more. Now the rule for names gets another
line in `apply`. Which boards have it, and which do not? Who is the only one that may touch the
state?
"""


class Board:
    def rename_column(self, column_id, name):
        column = self.column(column_id)
        name = self._free_name(name, besides=column)
        if name != column.name:
            column._name = name
            self.record(ColumnRenamed(column_id=column_id, name=name))
