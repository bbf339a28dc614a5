"""Your repository keeps the first snapshot for ever.

It was good on the day when it was taken. How many events are replayed on top of it after a year? And
what becomes of one that cannot be read?
"""

class SnapshotRepository:
    def current(self, board_id):
        resumed = self._resumed(board_id)
        board, start = resumed or (super().current(board_id), 0)
        if board_id not in self._cache and board.version >= self._every:
            with suppress(Exception):
                self._keep(board)
        return board
