"""Your repository gives no board when the cache cannot be read.

The disk with the snapshots has gone, and the one with the events is well. What does a load need, and
what does it only like to have?
"""

class SnapshotRepository:
    def _resumed(self, board_id):
        with suppress((LookupError, TypeError, ValueError)):
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
