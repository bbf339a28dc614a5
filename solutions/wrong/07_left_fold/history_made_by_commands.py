"""Your specification does in `when` what should have happened before.

`raises` also expects that nothing is recorded, and the first of your two commands recorded something.
Which of the two is the one that you specify, and where does the other belong, as an event?
"""

def a_full_column_refuses_another_item(board_type):
    (
        given(board_type, created, to_do)
        .when(lambda board: (board.schedule(repair), board.schedule(report)))
        .raises(WorkLimitError)
    )
