"""Your specification of the same name expects an event.

The column was called To do and is called To do. What would such an event tell anybody who reads the
history? How many events does the rule speak of?
"""

from .events import ColumnRenamed


def the_same_name_is_nothing_new(board_type):
    (
        given(board_type, created, to_do)
        .when(lambda board: board.rename_column("to-do", "To do"))
        .then(ColumnRenamed(column_id="to-do", name="To do"))
    )
