"""Your specifications say what is given and what is done, and expect nothing.

`given` and `when` check nothing by themselves. Which two methods come after `when`, and which of them
fits each of your three?
"""

def an_advanced_item_moves_one_column(board_type):
    given(board_type, created, to_do, doing, repair_scheduled).when(
        lambda board: board.advance(repair)
    )


def a_full_column_refuses_another_item(board_type):
    given(board_type, created, to_do, repair_scheduled).when(
        lambda board: board.schedule(report)
    )


def the_same_name_is_nothing_new(board_type):
    given(board_type, created, to_do).when(
        lambda board: board.rename_column("to-do", "To do")
    )
