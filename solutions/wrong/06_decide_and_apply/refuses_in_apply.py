"""Your `apply` refuses an event because the column is full.

The item came into the column last year, and the limit was lowered afterwards. Today the board is
made from its events. Can `apply` still prevent what has happened? Who had the chance to say no?
"""


class Board:
    def apply(self, event):
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
                column = self._column(event.column_id)
                limit = column.wip_limit
                if limit is not None and len(column.work_item_ids) >= limit:
                    raise WorkLimitError(column.name, limit, event.work_item_id)
                column._work_item_ids.append(event.work_item_id)
            case WorkItemAdvanced():
                column = self._column(event.to_column_id)
                limit = column.wip_limit
                if limit is not None and len(column.work_item_ids) >= limit:
                    raise WorkLimitError(column.name, limit, event.work_item_id)
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
