"""Your limit holds for items that are scheduled, and not for items that advance.

There are two ways into a column. Where could the rule stand, so that an item meets it whichever
way it comes?
"""


class Board:
    def advance(self, item):
        place = self._place_of(item)
        if place == len(self._columns) - 1:
            raise ConstraintError(f"{item.id} is in {self._columns[place].name} already.")
        self._columns[place + 1]._work_item_ids.append(item.id)
        self._columns[place]._work_item_ids.remove(item.id)
