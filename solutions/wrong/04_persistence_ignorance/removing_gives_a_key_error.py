"""Your repository answers the removal of an unknown board with a bare `KeyError`.

That is the dictionary speaking, and the caller does not know that you have one. Which error would
a repository on a database raise in your place?
"""


class InMemoryBoardRepository:
    def remove(self, board_id):
        del self._boards[board_id]
