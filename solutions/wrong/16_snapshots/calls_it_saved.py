"""Your state takes the pending events away from the board.

To take a state is a question. Does a question change the board? Who knows that the events were saved?
"""

def state_of(board):
    board.mark_saved()
    return {
        "id": board._id,
        "name": board._name,
        "description": board._description,
        "discarded": board._discarded,
        "version": board._version,
        "columns": [
            [column.id, column.name, column.wip_limit, list(column.work_item_ids)]
            for column in board._columns
        ],
    }
