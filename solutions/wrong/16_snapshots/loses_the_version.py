"""A board from your state begins to count again.

Its version says how many events made it. Somebody saves such a board. Which version does the store
expect, and what is it told? What must the state hold besides what one can see?
"""

def board_from(state):
    board = Board()
    board._id = state["id"]
    board._name = state["name"]
    board._description = state["description"]
    board._discarded = state["discarded"]
    for column_id, name, wip_limit, work_item_ids in state["columns"]:
        column = Column(column_id, name, wip_limit)
        column._work_item_ids = list(work_item_ids)
        board._columns.append(column)
    return board
