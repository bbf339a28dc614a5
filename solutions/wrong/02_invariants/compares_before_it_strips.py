"""You ask whether the name is free before you take the spaces away.

Follow `" Doing "` through your code, line by line. What is it when you compare it, and what is it
when you store it?
"""


class Board:
    def _free_name(self, name, besides=None):
        if any(column.name == name for column in self._columns if column != besides):
            raise ConstraintError(f"There is a column {name!r} already.")
        return _checked_text("column's name", name)
