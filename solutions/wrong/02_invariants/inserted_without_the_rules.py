"""An added column obeys your rules for names, but an inserted one gets past them.

`add_column("Doing")` refuses a second "Doing", and `insert_column_before` lets it in. How can one
place in your code make the new column for both?
"""


class Board:
    def insert_column_before(self, following_id, name, *, wip_limit=None, column_id=None):
        place = self._columns.index(self.column(following_id))
        column_id = str(uuid4()) if column_id is None else column_id
        name = _checked_text("column's name", name)
        column = Column(column_id, name, _checked_wip_limit(wip_limit))
        self._columns.insert(place, column)
        return column
