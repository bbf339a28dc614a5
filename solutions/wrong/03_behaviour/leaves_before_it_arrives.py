"""Your item leaves its column before the next one has said yes, and then it is nowhere.

Play a refused move line by line: after the error, which column holds the item? In which order do
the two halves of a move have to come, so that a refusal finds nothing done?
"""


class Board:
    def advance(self, item):
        place = self._place_of(item)
        if place == len(self._columns) - 1:
            raise ConstraintError(f"{item.id} is in {self._columns[place].name} already.")
        self._columns[place]._let_go(item)
        self._columns[place + 1]._take(item)
