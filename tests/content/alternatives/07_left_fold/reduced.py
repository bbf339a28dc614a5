"""A fold by name; and specifications that look at events without the given/when/then form."""

from functools import reduce


class Board:
    @classmethod
    def replay(cls, history):
        board = reduce(cls._after, history, cls())
        if board.version == 0:
            raise ValueError("Nothing happened, so there is no board.")
        return board

    @staticmethod
    def _after(board, event):
        board.apply(event)
        board._version += 1
        return board


def an_advanced_item_moves_one_column(board_type):
    board = board_type.replay([created, to_do, doing, repair_scheduled])
    board.advance(repair)
    assert list(board.pending) == [
        WorkItemAdvanced(work_item_id="repair", from_column_id="to-do", to_column_id="doing")
    ]


def a_full_column_refuses_another_item(board_type):
    board = board_type.replay([created, to_do, repair_scheduled])
    try:
        board.schedule(report)
    except WorkLimitError:
        return
    raise AssertionError("it was not refused")


def the_same_name_is_nothing_new(board_type):
    board = board_type.replay([created, to_do])
    board.rename_column("to-do", "To do")
    assert not board.pending
