"""Your advanced item is in two columns at once.

The next column has taken it. Which column still has to hear of the move?
"""


class Board:
    def advance(self, item):
        place = self._place_of(item)
        if place == len(self._columns) - 1:
            raise ConstraintError(f"{item.id} is in {self._columns[place].name} already.")
        self._columns[place + 1]._take(item)
