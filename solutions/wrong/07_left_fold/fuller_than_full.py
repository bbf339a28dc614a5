"""Your specification begins with a column that holds more than it takes.

A board that takes one item too many refuses there as well, and meets it. With how many items in the
column does a right board differ from that one?
"""

def a_full_column_refuses_another_item(board_type):
    invoice_scheduled = WorkItemScheduled(work_item_id="invoice", column_id="to-do")
    (
        given(board_type, created, to_do, repair_scheduled, invoice_scheduled)
        .when(lambda board: board.schedule(report))
        .raises(WorkLimitError)
    )
