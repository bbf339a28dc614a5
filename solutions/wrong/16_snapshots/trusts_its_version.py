"""Your repository believes a snapshot that knows more than the store.

The store was restored from last night's backup. The snapshot is of this afternoon, and what it knows
did not happen here. How could it show that it belongs to this history?
"""

class SnapshotRepository:
    def _resumed(self, board_id):
        with suppress(Exception):
            schema, mark, state = json.loads(self._cache[board_id])
            if schema != STATE_SCHEMA:
                return None
            board = board_from(state)
            start = board.version
            later = self._store.read(_stream(board_id), after=start)
            for stored in later:
                board.apply(stored.event)
                board._version += 1
            return board, start
        return None
