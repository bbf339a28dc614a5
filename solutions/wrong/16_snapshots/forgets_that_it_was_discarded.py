"""A board that was discarded is in use again when it comes from your state.

The team gave it up, and after the restart it takes items. Which of the values that `Board.__init__` sets
is in no line of your state?
"""

def state_of(board):
    return {
        "id": board._id,
        "name": board._name,
        "description": board._description,
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
    board._description = state["description"]
    board._version = state["version"]
    for column_id, name, wip_limit, work_item_ids in state["columns"]:
        column = Column(column_id, name, wip_limit)
        column._work_item_ids = list(work_item_ids)
        board._columns.append(column)
    return board
