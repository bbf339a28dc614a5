"""Your repository keeps a board once for every time that it was saved.

A list grows with each `append`. The second save should take the place of the first. In which
collection can an id stand only once?
"""


class InMemoryBoardRepository:
    def __init__(self):
        self._boards = []

    def save(self, board):
        board.check_in_use()
        self._boards.append(deepcopy(board))

    def remove(self, board_id):
        self.get(board_id)
        self._boards = [board for board in self._boards if board.id != board_id]

    def all(self):
        return tuple(deepcopy(board) for board in self._boards)
