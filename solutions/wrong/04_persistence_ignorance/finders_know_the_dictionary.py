"""Your finders work in memory only: they reach for a dictionary that other repositories lack.

`get`, `named` and `matching` stand in `BoardRepository`, and are meant for every kind of
repository. Which of its methods does every kind have, and which of them gives you boards to search?
"""


class BoardRepository:
    def get(self, board_id):
        if board_id not in self._boards:
            raise BoardNotFoundError(board_id)
        return deepcopy(self._boards[board_id])

    def matching(self, predicate):
        return tuple(deepcopy(b) for b in self._boards.values() if predicate(b))
