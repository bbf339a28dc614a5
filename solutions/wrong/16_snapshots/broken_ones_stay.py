"""Your repository never replaces a snapshot that does not count.

It is ignored, as it should be, and then ignored again at every load. Which snapshot does the next load
find?
"""

class SnapshotRepository:
    def current(self, board_id):
        resumed = self._resumed(board_id)
        board, start = resumed or (super().current(board_id), 0)
        new = resumed is not None or board_id not in self._cache
        if new and board.version - start >= self._every:
            with suppress(Exception):
                self._keep(board)
        return board
