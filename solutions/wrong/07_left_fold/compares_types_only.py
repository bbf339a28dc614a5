"""Your specification looks at the type of the event and at nothing that it says.

A board that tells the columns the wrong way round, or tells the move of another item, would meet it.
What is the whole event that you expect?
"""

def an_advanced_item_moves_one_column(board_type):
    board = board_type.replay([created, to_do, doing, repair_scheduled])
    board.advance(repair)
    assert [type(event) for event in board.pending] == [WorkItemAdvanced]
