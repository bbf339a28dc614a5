"""Your `apply` keeps the event in `pending`, and so does not only change the state.

Tomorrow the board is made again from its old events, by applying each of them. Which events does
it then believe to be new? Whose task is it to keep them?
"""


class Board:
    def record(self, event):
        self.apply(event)
        self._version += 1

    def apply(self, event):
        self._pending.append(event)
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
