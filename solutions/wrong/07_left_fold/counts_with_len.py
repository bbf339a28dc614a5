"""Your replay can count only a history that has a length.

From step 9 on, a database yields the events one by one, and has no `len`. At which moment do you
have each of them in your hand, to count it?
"""


class Board:
    @classmethod
    def replay(cls, history):
        board = cls()
        for event in history:
            board.apply(event)
        board._version = len(history)
        if not board._version:
            raise ValueError("a board cannot be replayed from no events")
        return board
