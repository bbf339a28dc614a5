"""Your replayed board has a version that is not the number of its events.

After its first event a board has version 1; version 0 is the board that does not exist yet. With
which number does your count begin, and which events does it count?
"""


class Board:
    @classmethod
    def replay(cls, history):
        board = cls()
        last = None
        for last, event in enumerate(history):
            board.apply(event)
            board._version = last
        if last is None:
            raise ValueError("a board cannot be replayed from no events")
        return board
