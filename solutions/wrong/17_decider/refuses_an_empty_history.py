"""Your `fold` refuses a history without events.

`Board.replay` had to, for there is no object of a board that never was. What is the state before
the first event, and does this module have a name for it?
"""


def fold(history):
    state = NO_BOARD
    for event in history:
        state = evolve(state, event)
    if state == NO_BOARD:
        raise ValueError("there are no events")
    return state
