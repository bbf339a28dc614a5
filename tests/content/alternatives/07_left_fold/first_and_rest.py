"""The first event apart from the rest, so that no history is noticed at once; fewer words below."""


class Board:
    @classmethod
    def replay(cls, history):
        events = list(history)
        match events:
            case []:
                raise ValueError(f"{events} makes no {cls.__name__}")
            case [first, *rest]:
                board = cls._born(first)
        for event in rest:
            board.apply(event)
        board._version = len(events)
        return board

    @classmethod
    def _born(cls, event):
        board = cls()
        board.apply(event)
        return board


def an_advanced_item_moves_one_column(board_type):
    third = ColumnAdded(column_id="done", name="Done", wip_limit=3)
    history = created, to_do, doing, third, repair_scheduled
    moved = dict(from_column_id="to-do", to_column_id="doing")
    expected = WorkItemAdvanced(work_item_id="repair", **moved)
    given(board_type, *history).when(lambda board: board.advance(repair)).then(expected)


def a_full_column_refuses_another_item(board_type):
    history = created, to_do, doing, repair_scheduled
    refused = given(board_type, *history).when(lambda board: board.schedule(report))
    refused.raises(WorkLimitError, match="report")


def the_same_name_is_nothing_new(board_type):
    def rename(board):
        board.rename_column("to-do", "To do")

    given(board_type, created, to_do, repair_scheduled).when(rename).then()
