"""You look at the name without its spaces, but you keep it with them.

On the board, `"Doing"` and `" Doing "` look alike. Which of the two texts do you store: the one
that you were given, or the one that `_checked_text` returned?
"""


class Board:
    def _free_name(self, name, besides=None):
        stripped = _checked_text("column's name", name)
        if any(column.name.strip() == stripped for column in self._columns if column != besides):
            raise ConstraintError(f"There is a column {stripped!r} already.")
        return name
