"""Your `rename_column` records an event even if the column has that name already.

Somebody opens the form, changes nothing and presses *Save*. Years later you count how often
columns were renamed. What has happened at that press, and is it a fact worth keeping?
"""


class Board:
    def rename_column(self, column_id, name):
        column = self.column(column_id)
        name = self._free_name(name, besides=column)
        self.record(ColumnRenamed(column_id=column_id, name=name))
