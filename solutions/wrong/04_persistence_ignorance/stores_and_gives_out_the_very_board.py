"""Your repository hands around one and the same board: saved, kept and found, it is one object.

With a dictionary you do not need `save` to make a change stick. With a database you do. How can
your repository behave as a database would, when a board goes in and when one comes out?
"""


class InMemoryBoardRepository:
    def save(self, board):
        board.check_in_use()
        self._boards[board.id] = board

    def all(self):
        return tuple(self._boards.values())
