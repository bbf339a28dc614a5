"""Your replay applies the rules again, and refuses what has happened.

Last year the team had other rules, and some of its boards would break those of today. Can a fact be
refused? Where was it decided?
"""


class Board:
    @classmethod
    def replay(cls, history):
        board = cls()
        for event in history:
            if isinstance(event, WorkItemScheduled):
                column = board.column(event.column_id)
                if column.wip_limit is not None and len(column.work_item_ids) >= column.wip_limit:
                    raise WorkLimitError(column.name, column.wip_limit, event.work_item_id)
            board.apply(event)
            board._version += 1
        if not board._version:
            raise ValueError("a board cannot be replayed from no events")
        return board
