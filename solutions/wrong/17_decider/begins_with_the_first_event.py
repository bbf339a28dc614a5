"""Your `fold` begins with the first event where it should begin with `NO_BOARD`.

`reduce` takes the first thing of the list if it is told nothing else, and gives it to `evolve` as
the state. Which of its arguments says where to begin? And what follows from no events at all?
"""


def fold(history):
    return reduce(evolve, history)
