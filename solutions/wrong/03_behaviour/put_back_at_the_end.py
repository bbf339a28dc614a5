"""Your refused move puts the item back, but at the end of its column.

Other items now stand in front of it that came later. Could you find out that there is no room
before you take anything away?
"""


class Board:
    def advance(self, item):
        place = self._place_of(item)
        if place == len(self._columns) - 1:
            raise ConstraintError(f"{item.id} is in {self._columns[place].name} already.")
        self._columns[place]._let_go(item)
        try:
            self._columns[place + 1]._take(item)
        except WorkLimitError:
            self._columns[place]._work_item_ids.append(item.id)
            raise
