"""Your board removes a column together with the items in it.

It is the `remove_column` of step 2, which could not be tested before there were items. Where is a
promised item when its column is gone? What has to be known about the column first?
"""


class Board:
    def remove_column(self, column_id):
        self._columns.remove(self.column(column_id))
