"""Your replay drops an event that is equal to an earlier one.

An item is scheduled, abandoned, and scheduled again. The first event and the third contain the
same. Did the same thing happen once, or twice?
"""


class Board:
    @classmethod
    def replay(cls, history):
        board = cls()
        for event in dict.fromkeys(history):
            board.apply(event)
            board._version += 1
        if not board._version:
            raise ValueError("a board cannot be replayed from no events")
        return board
