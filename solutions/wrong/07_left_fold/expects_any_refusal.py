"""Your specification of a full column is content with any `ConstraintError`.

A board may also refuse because it has no column, or has the item already. Which error says that it
was the limit?
"""

from .errors import ConstraintError


def a_full_column_refuses_another_item(board_type):
    (
        given(board_type, created, to_do, repair_scheduled)
        .when(lambda board: board.schedule(report))
        .raises(ConstraintError)
    )
