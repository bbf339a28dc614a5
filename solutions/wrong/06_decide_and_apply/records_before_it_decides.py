"""Your command records the event first, and looks at the rules afterwards.

`advance` raises `WorkLimitError`, and somebody looks at `pending`. What do they read there, and
did it happen? In which order do the rules and `record` have to come?
"""


class Board:
    def schedule(self, item):
        first = self._first_column_for(item)
        self.record(WorkItemScheduled(work_item_id=item.id, column_id=first.id))
        self._check_room(first, item)

    def advance(self, item):
        source = self._column_of(item)
        target = self._column_after(source, item)
        self.record(
            WorkItemAdvanced(
                work_item_id=item.id,
                from_column_id=source.id,
                to_column_id=target.id,
            )
        )
        self._check_room(target, item)
