"""Your commands no longer ask whether the column is full.

In the first part, the column itself said no. Now it takes what an event tells it to take. Which
command has to ask before it records, and which of the given rules is waiting for that?
"""


class Board:
    def schedule(self, item):
        first = self._first_column_for(item)
        self.record(WorkItemScheduled(work_item_id=item.id, column_id=first.id))

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
