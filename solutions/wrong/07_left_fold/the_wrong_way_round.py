"""Your specification of an advanced item has the two columns the wrong way round.

Read it aloud: the repair goes from one column to another. In which column was it given to be, and
into which one does it go?
"""

def an_advanced_item_moves_one_column(board_type):
    (
        given(board_type, created, to_do, doing, repair_scheduled)
        .when(lambda board: board.advance(repair))
        .then(
            WorkItemAdvanced(
                work_item_id="repair", from_column_id="doing", to_column_id="to-do"
            )
        )
    )
