"""Your specifications judge `Board`, whatever class they are given.

The check shows them boards that break a promise, and they look at another one. By which name does a
specification receive the class that it judges?
"""

def an_advanced_item_moves_one_column(board_type):
    (
        given(Board, created, to_do, doing, repair_scheduled)
        .when(lambda board: board.advance(repair))
        .then(
            WorkItemAdvanced(
                work_item_id="repair", from_column_id="to-do", to_column_id="doing"
            )
        )
    )


def a_full_column_refuses_another_item(board_type):
    (
        given(Board, created, to_do, repair_scheduled)
        .when(lambda board: board.schedule(report))
        .raises(WorkLimitError)
    )


def the_same_name_is_nothing_new(board_type):
    (
        given(Board, created, to_do)
        .when(lambda board: board.rename_column("to-do", "To do"))
        .then()
    )
