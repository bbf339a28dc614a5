"""Your specification of a full column asks for something that your board does not promise.

Take its docstring line by line. What has happened before, as an event in `given`? Which one command
is given in `when`, and with which item? A second command there would record something, and `raises`
also expects that nothing is recorded.
"""

def a_full_column_refuses_another_item(board_type):
    (
        given(board_type, created, to_do)
        .when(lambda board: (board.schedule(repair), board.schedule(report)))
        .raises(WorkLimitError)
    )
