"""Everything is recorded again, and then called saved; pytest says what is refused."""

import pytest

from .events import WipLimitChanged, WorkItemAbandoned


def a_full_column_refuses_another_item(board_type):
    no_room = WipLimitChanged(column_id="to-do", wip_limit=0)
    board = board_type.replay((created, to_do, no_room))
    with pytest.raises(WorkLimitError):
        board.schedule(repair)


def the_same_name_is_nothing_new(board_type):
    abandoned = WorkItemAbandoned(work_item_id="repair", column_id="to-do")
    outcome = given(board_type, created, doing, to_do, repair_scheduled, abandoned).when(
        lambda board: board.rename_column("doing", "  Doing ")
    )
    outcome.then()


class Board:
    @classmethod
    def replay(cls, history):
        board = cls()
        for event in history:
            board.record(event)
        if not board.pending:
            raise ValueError("a board begins with an event")
        board.mark_saved()
        return board
