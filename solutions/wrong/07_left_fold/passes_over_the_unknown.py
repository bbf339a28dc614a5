"""Your replay passes over events that it does not know.

A colleague's newer program recorded them, and something has happened that your board leaves out.
Which would you rather have: an error today, or a board that is quietly wrong?
"""


class Board:
    @classmethod
    def replay(cls, history):
        board = cls()
        for event in history:
            if isinstance(event, BoardEvent):
                board.apply(event)
                board._version += 1
        if not board._version:
            raise ValueError("a board cannot be replayed from no events")
        return board
