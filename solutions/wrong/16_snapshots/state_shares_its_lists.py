"""Your state changes when the board does.

The column and the state hold the same list. An item that comes onto the board now is in a state of
this morning. How do you get a list that is equal, and another one?
"""

def state_of(board):
    return {
        "id": board._id,
        "name": board._name,
        "description": board._description,
        "discarded": board._discarded,
        "version": board._version,
        "columns": [
            [column.id, column.name, column.wip_limit, column._work_item_ids]
            for column in board._columns
        ],
    }
