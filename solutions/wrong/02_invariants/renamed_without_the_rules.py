"""A new column cannot take another's name, but your renamed column can.

Every way in which a column gets a name has to ask whether the name is free. Which ways are there?
And which column must not count when one of them is renamed?
"""


class Board:
    def rename_column(self, column_id, name):
        self.column(column_id)._name = _checked_text("column's name", name)
