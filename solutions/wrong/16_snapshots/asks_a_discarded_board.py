"""Your state asks the board what only a board in use answers.

A board that was discarded answers `name` with an error. Where does it keep its name, so that a state
can be taken of it, too?
"""

def state_of(board):
    return {
        "id": board._id,
        "name": board.name,
        "description": board.description,
        "discarded": board._discarded,
        "version": board._version,
        "columns": [
            [column.id, column.name, column.wip_limit, list(column.work_item_ids)]
            for column in board._columns
        ],
    }
