"""Your repository keeps boards in its memory and gives the same one to everybody.

What somebody changes on it and does not save, the next one finds. And after a restart it is gone. Where
is the cache that your repository was given, and what does it keep?
"""

class SnapshotRepository:
    def current(self, board_id):
        kept = self.__dict__.setdefault("_boards", {})
        if board_id not in kept:
            kept[board_id] = super().current(board_id)
        board = kept[board_id]
        for stored in self._store.read(_stream(board_id), after=board.version):
            board.apply(stored.event)
            board._version += 1
        return board
