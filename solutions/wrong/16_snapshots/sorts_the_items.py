"""Your state sorts the items of a column.

The item that came first is in front, and its customer is served first. What does JSON offer that keeps
an order?
"""

def state_of(board):
    return {
        "id": board._id,
        "name": board._name,
        "description": board._description,
        "discarded": board._discarded,
        "version": board._version,
        "columns": [
            [column.id, column.name, column.wip_limit, sorted(column.work_item_ids)]
            for column in board._columns
        ],
    }
