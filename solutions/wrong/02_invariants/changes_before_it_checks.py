"""Your board refuses a column, and has it all the same.

What is left on the board after `add_column` has raised its error? In which order do the checks and
the change have to come?
"""


class Board:
    def add_column(self, name, *, wip_limit=None, column_id=None):
        self.check_in_use()
        column = Column(str(uuid4()) if column_id is None else column_id, name.strip(), wip_limit)
        others = list(self._columns)
        self._columns.append(column)
        _checked_text("column's name", name)
        _checked_wip_limit(wip_limit)
        if any(column.id == other.id or column.name == other.name for other in others):
            raise ConstraintError(f"There is a column {column.id!r} or {column.name!r} already.")
        return column
