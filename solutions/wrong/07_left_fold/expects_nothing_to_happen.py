"""Your specification of the same name accepts a board that records an event for it.

After `when` nothing is compared yet. How do you say that you expect no event at all? You say it in
the same words as for one event or for two. And if you say it: is it the column that your command
renames?
"""

def the_same_name_is_nothing_new(board_type):
    given(board_type, created, to_do).when(
        lambda board: board.rename_column("to-do", "To do")
    )
