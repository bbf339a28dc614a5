"""Your board inserts a column elsewhere than at the left side of the other one.

`list.append` puts the column behind all others, and `list.insert(place, column)` in front of the
one that is at `place` now. Which place do you give it?
"""


class Board:
    def insert_column_before(self, following_id, name, *, wip_limit=None, column_id=None):
        place = self._columns.index(self.column(following_id))
        column = self._new_column(name, wip_limit, column_id)
        self._columns.insert(place + 1, column)
        return column
