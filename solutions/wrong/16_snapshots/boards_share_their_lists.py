"""Two boards that are made from one of your states share the lists of their items.

An item that enters a column of one board enters the other board, too. To whom does the list in the
state belong, and to whom the list in a column?
"""

def board_from(state):
    board = Board()
    board._id = state["id"]
    board._name = state["name"]
    board._description = state["description"]
    board._discarded = state["discarded"]
    board._version = state["version"]
    for column_id, name, wip_limit, work_item_ids in state["columns"]:
        column = Column(column_id, name, wip_limit)
        column._work_item_ids = work_item_ids
        board._columns.append(column)
    return board
