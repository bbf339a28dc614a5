"""Your advanced item lands in front of the items that came before it.

A column is a queue: who came first stands in front. At which end does a list get what comes last?
"""


class Board:
    def advance(self, item):
        place = self._place_of(item)
        if place == len(self._columns) - 1:
            raise ConstraintError(f"{item.id} is in {self._columns[place].name} already.")
        following = self._columns[place + 1]
        following._take(item)
        following._work_item_ids.insert(0, following._work_item_ids.pop())
        self._columns[place]._let_go(item)
