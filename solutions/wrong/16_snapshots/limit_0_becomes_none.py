"""Your state turns a column that takes nothing into one without a limit.

A limit of 0 is a limit. `None` means any number of items. What does `or` do with 0?
"""

def state_of(board):
    return {
        "id": board._id,
        "name": board._name,
        "description": board._description,
        "discarded": board._discarded,
        "version": board._version,
        "columns": [
            [column.id, column.name, column.wip_limit or None, list(column.work_item_ids)]
            for column in board._columns
        ],
    }
