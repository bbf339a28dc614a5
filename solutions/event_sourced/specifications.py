"""What a board promises, as specifications: given this history, when …, then ….

Every specification receives the class of the boards that it judges. So the check can
show it your board, which keeps the promise, and boards that break it.
"""

from workshop.eventsourcing.testing import given

from .board import Board
from .errors import WorkLimitError
from .events import BoardCreated, ColumnAdded, WorkItemAdvanced, WorkItemScheduled
from .work_item import register_work_item

__all__ = [
    "a_full_column_refuses_another_item",
    "a_scheduled_item_enters_the_first_column",
    "an_advanced_item_moves_one_column",
    "the_same_name_is_nothing_new",
]

# Two work items, and events to begin a history with.

repair = register_work_item("Fix the login", work_item_id="repair")
report = register_work_item("Write the report", work_item_id="report")

created = BoardCreated(
    board_id="board-1", name="Support", description="What is broken."
)
to_do = ColumnAdded(column_id="to-do", name="To do", wip_limit=1)
doing = ColumnAdded(column_id="doing", name="Doing", wip_limit=None)
repair_scheduled = WorkItemScheduled(work_item_id="repair", column_id="to-do")


def a_scheduled_item_enters_the_first_column(board_type: type[Board]) -> None:
    """What one event says; this one is written for you.

    Given a board with the columns To do and Doing,
    when the repair is scheduled,
    then one event is recorded: it was scheduled into To do.
    """
    (
        given(board_type, created, to_do, doing)
        .when(lambda board: board.schedule(repair))
        .then(WorkItemScheduled(work_item_id="repair", column_id="to-do"))
    )


def an_advanced_item_moves_one_column(board_type: type[Board]) -> None:  # step 7
    """What one event says.

    Given a board with the columns To do and Doing, and the repair in To do,
    when the repair is advanced,
    then one event is recorded: it advanced from To do to Doing.
    """
    (
        given(board_type, created, to_do, doing, repair_scheduled)
        .when(lambda board: board.advance(repair))
        .then(
            WorkItemAdvanced(
                work_item_id="repair", from_column_id="to-do", to_column_id="doing"
            )
        )
    )


def a_full_column_refuses_another_item(board_type: type[Board]) -> None:  # step 7
    """What is refused, and with which error.

    Given a board whose column To do takes one item and holds the repair,
    when the report is scheduled,
    then it is refused with a `WorkLimitError`.
    """
    (
        given(board_type, created, to_do, repair_scheduled)
        .when(lambda board: board.schedule(report))
        .raises(WorkLimitError)
    )


def the_same_name_is_nothing_new(board_type: type[Board]) -> None:  # step 7
    """That nothing happened.

    Given a board with the column To do,
    when this column is renamed to To do,
    then no event is recorded, and nothing is refused.
    """
    (
        given(board_type, created, to_do)
        .when(lambda board: board.rename_column("to-do", "To do"))
        .then()
    )
