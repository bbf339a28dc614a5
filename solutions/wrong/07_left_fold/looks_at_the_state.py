"""Your specification looks at the columns of the board and not at what was recorded.

The board is kept as its events. An item moved, no event tells of it, and tomorrow the move is lost:
which board is that? What would have to be compared so that it fails?
"""

def an_advanced_item_moves_one_column(board_type):
    board = board_type.replay([created, to_do, doing, repair_scheduled])
    board.advance(repair)
    assert board.column("doing").work_item_ids == ("repair",)
