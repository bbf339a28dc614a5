"""Your `fold` drops an event that is equal to an earlier one.

An item can be scheduled, abandoned and scheduled again. Did the third thing not happen?
"""


def fold(history):
    return reduce(evolve, dict.fromkeys(history), NO_BOARD)
