"""Your repository counts the events of the board, and not those since its snapshot.

Once the board has `every` events, each load takes a snapshot. How many events did this load replay?
"""

class SnapshotRepository:
    def current(self, board_id):
        resumed = self._resumed(board_id)
        board, start = resumed or (super().current(board_id), 0)
        if board.version >= self._every:
            with suppress(Exception):
                self._keep(board)
        return board
