"""Your column keeps work items where it promises their ids.

A work item is an aggregate of its own: the board says where it is, and not what it contains. What
is all that the board has to remember of it?
"""


class Column:
    def _take(self, item):
        limit = self._wip_limit
        if limit is not None and len(self._work_item_ids) >= limit:
            raise WorkLimitError(self._name, limit, item.id)
        self._work_item_ids.append(item)

    def _let_go(self, item):
        self._work_item_ids.remove(item)


class Board:
    def schedule(self, item):
        self.check_in_use()
        if not self._columns:
            raise ConstraintError(f"There is no column for {item.id}.")
        for column in self._columns:
            if item in column.work_item_ids:
                raise ConstraintError(f"{item.id} is in {column.name}.")
        self._columns[0]._take(item)

    def _place_of(self, item):
        self.check_in_use()
        for place, column in enumerate(self._columns):
            if item in column.work_item_ids:
                return place
        raise WorkItemNotFoundError(item.id, "on the board")
