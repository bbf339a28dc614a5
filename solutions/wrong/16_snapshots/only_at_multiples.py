"""Your repository takes snapshots at multiples of `every` only.

Three events are saved together, and the board goes from version 99 to 102. When does anybody load
version 100? What can you count instead?
"""

class SnapshotRepository:
    def current(self, board_id):
        resumed = self._resumed(board_id)
        board, start = resumed or (super().current(board_id), 0)
        if board.version % self._every == 0:
            with suppress(Exception):
                self._keep(board)
        return board
