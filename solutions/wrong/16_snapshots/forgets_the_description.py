"""A board from your state has no description.

Nothing fails, so nobody notices until somebody reads it. Go through `Board.__init__` line by line: which
of its values are part of the state?
"""

def state_of(board):
    return {
        "id": board._id,
        "name": board._name,
        "discarded": board._discarded,
        "version": board._version,
        "columns": [
            [column.id, column.name, column.wip_limit, list(column.work_item_ids)]
            for column in board._columns
        ],
    }


def board_from(state):
    board = Board()
    board._id = state["id"]
    board._name = state["name"]
    board._discarded = state["discarded"]
    board._version = state["version"]
    for column_id, name, wip_limit, work_item_ids in state["columns"]:
        column = Column(column_id, name, wip_limit)
        column._work_item_ids = list(work_item_ids)
        board._columns.append(column)
    return board
