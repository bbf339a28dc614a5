"""Your repository takes a snapshot one event too late.

If `every` is 5 and the load replayed 5 events, is it time?
"""

class SnapshotRepository:
    def current(self, board_id):
        resumed = self._resumed(board_id)
        board, start = resumed or (super().current(board_id), 0)
        if board.version - start > self._every:
            with suppress(Exception):
                self._keep(board)
        return board
