"""Your repository takes a snapshot of a board that could not be saved.

The store refused: somebody else was faster. What the board thought is in the cache by then, and the
next load believes it. Which moments are there at which nothing of a board is pending?
"""

class SnapshotRepository:
    def save(self, board):
        with suppress(Exception):
            self._keep(board)
        super().save(board)
