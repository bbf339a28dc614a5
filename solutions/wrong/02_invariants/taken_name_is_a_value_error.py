"""You refuse a name that is taken with a `ValueError`.

The name itself is well formed, and on another board it would be welcome. It is a rule of this board
that says no. Which error of `errors.py` says that?
"""


class Board:
    def _free_name(self, name, besides=None):
        name = _checked_text("column's name", name)
        if any(column.name == name for column in self._columns if column != besides):
            raise ValueError(f"There is a column {name!r} already.")
        return name
