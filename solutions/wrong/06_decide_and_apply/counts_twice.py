"""Your board counts an event twice: when it is recorded, and when it is applied.

`apply` runs inside `record`, and it also runs alone, when a board is made again from its events.
Which of the two counts? Look for the places in which your version changes.
"""


class Board:
    def apply(self, event):
        self._version += 1
        match event:
            case BoardCreated():
                self._id = event.board_id
                self._name = event.name
                self._description = event.description
            case BoardRenamed():
                self._name = event.name
            case BoardDescribed():
                self._description = event.description
            case BoardDiscarded():
                self._discarded = True
            case ColumnAdded():
                column = Column(event.column_id, event.name, event.wip_limit)
                self._columns.append(column)
            case ColumnInserted():
                column = Column(event.column_id, event.name, event.wip_limit)
                place = self._columns.index(self._column(event.following_id))
                self._columns.insert(place, column)
            case ColumnRenamed():
                self._column(event.column_id)._name = event.name
            case WipLimitChanged():
                self._column(event.column_id)._wip_limit = event.wip_limit
            case ColumnRemoved():
                self._columns.remove(self._column(event.column_id))
            case WorkItemScheduled():
                self._column(event.column_id)._work_item_ids.append(
                    event.work_item_id
                )
            case WorkItemAdvanced():
                self._column(event.from_column_id)._work_item_ids.remove(
                    event.work_item_id
                )
                self._column(event.to_column_id)._work_item_ids.append(
                    event.work_item_id
                )
            case WorkItemAbandoned() | WorkItemRetired():
                self._column(event.column_id)._work_item_ids.remove(
                    event.work_item_id
                )
            case _:
                assert_never(event)
