"""Your state has the pending events in it.

They are not saved yet, and perhaps never will be: the board may meet a conflict. What does a board that
is loaded have to save?
"""

def state_of(board):
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
        "pending": list(board.pending),
    }


def board_from(state):
    board = Board()
    board._id = state["id"]
    board._name = state["name"]
    board._description = state["description"]
    board._discarded = state["discarded"]
    board._version = state["version"]
    for column_id, name, wip_limit, work_item_ids in state["columns"]:
        column = Column(column_id, name, wip_limit)
        column._work_item_ids = list(work_item_ids)
        board._columns.append(column)
    board._pending = list(state["pending"])
    return board
