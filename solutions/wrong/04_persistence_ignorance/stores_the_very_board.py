"""Your repository keeps the very board that it is given, so it changes whenever that board does.

Somebody saves a board, goes on working on it, and thinks better of it. What does a database know
of changes that nobody saved? What must happen to a board at the moment when it is saved?
"""


class InMemoryBoardRepository:
    def save(self, board):
        board.check_in_use()
        self._boards[board.id] = board
