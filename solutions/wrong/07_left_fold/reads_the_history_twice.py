"""Your replay goes through the history twice, and the second time nothing may be left.

Events that arrive one by one can be read once. What can you do with each of them while you have it?
"""


class Board:
    @classmethod
    def replay(cls, history):
        board = cls()
        for event in history:
            board.apply(event)
        for _ in history:
            board._version += 1
        if not board._version:
            raise ValueError("a board cannot be replayed from no events")
        return board
