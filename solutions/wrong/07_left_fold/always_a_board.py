"""Your replay always makes a `Board`, even for a class that extends it.

A class method receives the class that it was called on. What is that class called in your method?
"""


class Board:
    @classmethod
    def replay(cls, history):
        board = Board()
        for event in history:
            board.apply(event)
            board._version += 1
        if not board._version:
            raise ValueError("a board cannot be replayed from no events")
        return board
