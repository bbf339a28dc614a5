"""Your replay refuses to make a board that was discarded.

Being discarded is a state like any other, and this history led to it. What does a discarded board
still answer? Who refuses the rest?
"""


class Board:
    @classmethod
    def replay(cls, history):
        board = cls()
        for event in history:
            board.apply(event)
            board._version += 1
        if not board._version:
            raise ValueError("a board cannot be replayed from no events")
        board.check_in_use()
        return board
