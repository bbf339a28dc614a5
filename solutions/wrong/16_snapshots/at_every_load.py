"""Your repository takes a snapshot at every load.

A load that replayed nothing writes the same state once more. What does `every` say about when writing
is worth it?
"""

class SnapshotRepository:
    def current(self, board_id):
        resumed = self._resumed(board_id)
        board, start = resumed or (super().current(board_id), 0)
        with suppress(Exception):
            self._keep(board)
        return board
