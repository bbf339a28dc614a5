"""You remember every name that was ever given, also when no column has it any more.

A second list of names has to follow every change of the columns. Which commands set a name free?
And can you find out which names are taken without a second list?
"""


class Board:
    def _free_name(self, name, besides=None):
        name = _checked_text("column's name", name)
        taken = self.__dict__.setdefault("_taken", set())
        if name in taken and not (besides is not None and besides.name == name):
            raise ConstraintError(f"There is a column {name!r} already.")
        taken.add(name)
        return name
