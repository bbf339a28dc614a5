"""Your repository copes with a snapshot that is missing, and not with one that is broken.

The disk was full, and half of the snapshot was written. All events are there. Why should nobody get
the board?
"""

class SnapshotRepository:
    def _resumed(self, board_id):
        with suppress(KeyError):
            schema, mark, state = json.loads(self._cache[board_id])
            if schema != STATE_SCHEMA:
                return None
            board = board_from(state)
            start = board.version
            last, *later = self._store.read(_stream(board_id), after=start - 1)
            if mark != _mark(last):
                return None
            for stored in later:
                board.apply(stored.event)
                board._version += 1
            return board, start
        return None
