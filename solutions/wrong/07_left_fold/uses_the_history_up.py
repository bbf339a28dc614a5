"""Your replay takes the events out of the history that it was given.

Whoever called you still needs that list. And a tuple has nothing that could be taken out. How do you
look at each event and leave the history as it is?
"""


class Board:
    @classmethod
    def replay(cls, history):
        board = cls()
        while history:
            board.apply(history.pop(0))
            board._version += 1
        if not board._version:
            raise ValueError("a board cannot be replayed from no events")
        return board
