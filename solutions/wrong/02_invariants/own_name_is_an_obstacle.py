"""Your column cannot be given the name that it has.

When it is renamed, the column is on the board already, and finds its own name there. Which column
must you leave out when you ask whether a name is free?
"""


class Board:
    def rename_column(self, column_id, name):
        self.column(column_id)._name = self._free_name(name)
