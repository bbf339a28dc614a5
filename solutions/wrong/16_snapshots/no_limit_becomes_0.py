"""Your state turns a column without a limit into one that takes nothing.

`None` means any number of items, and 0 means none. JSON has a value for either. What does `or` do with
`None`?
"""

def state_of(board):
    return {
        "id": board._id,
        "name": board._name,
        "description": board._description,
        "discarded": board._discarded,
        "version": board._version,
        "columns": [
            [column.id, column.name, column.wip_limit or 0, list(column.work_item_ids)]
            for column in board._columns
        ],
    }
