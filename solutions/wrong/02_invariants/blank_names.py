"""Your columns may have a blank name.

`_checked_text` at the end of the file has been written for the board's own name. What does it
refuse, and what does it return? Do the names of columns go through it?
"""


class Board:
    def _free_name(self, name, besides=None):
        name = name.strip()
        if any(column.name == name for column in self._columns if column != besides):
            raise ConstraintError(f"There is a column {name!r} already.")
        return name
