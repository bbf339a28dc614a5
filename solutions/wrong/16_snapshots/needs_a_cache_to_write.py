"""Your repository gives no board when the cache cannot be written.

The board has been replayed already, and then the snapshot fails. Who asked for a snapshot, and who for
a board?
"""

class SnapshotRepository:
    def current(self, board_id):
        resumed = self._resumed(board_id)
        board, start = resumed or (super().current(board_id), 0)
        if board.version - start >= self._every:
            self._keep(board)
        return board
