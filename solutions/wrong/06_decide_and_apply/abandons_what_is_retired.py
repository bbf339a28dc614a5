"""You record an item that was given up as retired, and a finished one as abandoned.

The board looks right, because both leave it. But somebody will count finished items from these
events. Which of the two words says that the work is done?
"""


class Board:
    def abandon(self, item):
        column = self._column_of(item)
        self.record(WorkItemRetired(work_item_id=item.id, column_id=column.id))

    def retire(self, item):
        column = self._column_of(item)
        if column != self._columns[-1]:
            raise ConstraintError(
                f"Only the last column retires; {item.id!r} is in {column.name!r}."
            )
        self.record(WorkItemAbandoned(work_item_id=item.id, column_id=column.id))
