"""Your `fold` asks for the length of the history, or for its parts by number.

A history may be a source that yields one event after the other, such as a database cursor. What can
you do with it, and what can you not?
"""


def fold(history):
    state = NO_BOARD
    for number in range(len(history)):
        state = evolve(state, history[number])
    return state
