"""Your `advance` records two events: that the item left, and that it was scheduled again.

The item ends in the right column. Read the two events aloud to somebody who was not there. What
do they believe has happened, and which one event says it?
"""


class Board:
    def advance(self, item):
        source = self._column_of(item)
        target = self._column_after(source, item)
        self._check_room(target, item)
        self.record(WorkItemAbandoned(work_item_id=item.id, column_id=source.id))
        self.record(WorkItemScheduled(work_item_id=item.id, column_id=target.id))
