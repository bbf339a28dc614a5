"""Your board remembers the number of an item's column, and the columns move.

A column that is inserted or removed gives all those to its right another number. Who knows, at
any moment, which items are in a column?
"""


class Board:
    def _places(self):
        return self.__dict__.setdefault("_place_by_id", {})

    def schedule(self, item):
        self.check_in_use()
        if not self._columns:
            raise ConstraintError(f"There is no column for {item.id}.")
        if item.id in self._places():
            found = self._columns[self._places()[item.id]]
            raise ConstraintError(f"{item.id} is in {found.name}.")
        self._columns[0]._take(item)
        self._places()[item.id] = 0

    def advance(self, item):
        place = self._place_of(item)
        if place == len(self._columns) - 1:
            raise ConstraintError(f"{item.id} is in {self._columns[place].name} already.")
        self._columns[place + 1]._take(item)
        self._columns[place]._let_go(item)
        self._places()[item.id] += 1

    def abandon(self, item):
        self._columns[self._place_of(item)]._let_go(item)
        del self._places()[item.id]

    def retire(self, item):
        place = self._place_of(item)
        if place != len(self._columns) - 1:
            raise ConstraintError(f"{item.id} is in {self._columns[place].name}.")
        self._columns[place]._let_go(item)
        del self._places()[item.id]

    def _place_of(self, item):
        self.check_in_use()
        if item.id not in self._places():
            raise WorkItemNotFoundError(item.id, "on the board")
        return self._places()[item.id]
