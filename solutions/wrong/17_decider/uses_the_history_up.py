"""Your `fold` takes the events out of the list that it was given.

The caller wants to store this history, or to fold it again up to another day. How many events does
it find in its list? And what if the history is a tuple?
"""


def fold(history):
    state = NO_BOARD
    while history:
        state = evolve(state, history.pop(0))
    return state
