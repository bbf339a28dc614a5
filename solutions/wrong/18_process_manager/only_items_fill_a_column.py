"""In your answer, a column fills up only when an item enters it.

Three items are in it, and somebody lowers the limit to three. Has it room for one more? Which of
the three types of events is this?
"""


def just_filled(before, after):
    return tuple(
        column
        for column in after.columns
        if _is_full(column)
        and len(column.work_item_ids) > len(before.column(column.id).work_item_ids)
    )
