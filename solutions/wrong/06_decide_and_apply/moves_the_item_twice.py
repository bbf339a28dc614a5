"""Your command moves the item, and `apply` moves it again.

Follow one item through `schedule`, then through `record`, then through `apply`. How often is its
id put into the column? Which of the three is the place where the state changes?
"""


class Board:
    def schedule(self, item):
        first = self._first_column_for(item)
        self._check_room(first, item)
        first._work_item_ids.append(item.id)
        self.record(WorkItemScheduled(work_item_id=item.id, column_id=first.id))

    def advance(self, item):
        source = self._column_of(item)
        target = self._column_after(source, item)
        self._check_room(target, item)
        target._work_item_ids.append(item.id)
        self.record(
            WorkItemAdvanced(
                work_item_id=item.id,
                from_column_id=source.id,
                to_column_id=target.id,
            )
        )
