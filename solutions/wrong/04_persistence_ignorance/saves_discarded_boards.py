"""Your repository saves a board that was discarded.

Whoever finds it later can do nothing with it, not even ask its name. Which method of a board says
that it is out of use, and when should `save` call it?
"""


class InMemoryBoardRepository:
    def save(self, board):
        self._boards[board.id] = deepcopy(board)
