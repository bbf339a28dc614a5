"""Your state has objects in it that JSON cannot hold.

A column is an object of this program. Tomorrow another program reads the snapshot. What is a column,
said in texts, numbers and lists?
"""

def state_of(board):
    return {
        "id": board._id,
        "name": board._name,
        "description": board._description,
        "discarded": board._discarded,
        "version": board._version,
        "columns": list(board._columns),
    }

def board_from(state):
    board = Board()
    board._id = state["id"]
    board._name = state["name"]
    board._description = state["description"]
    board._discarded = state["discarded"]
    board._version = state["version"]
    for given in state["columns"]:
        column = Column(given.id, given.name, given.wip_limit)
        column._work_item_ids = list(given.work_item_ids)
        board._columns.append(column)
    return board
