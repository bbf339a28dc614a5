"""Your repository believes a snapshot whose schema is newer than its own.

During a deployment an older program and a newer one may have the same cache. Does the older one know
what the newer one means by its state?
"""

class SnapshotRepository:
    def _resumed(self, board_id):
        with suppress(Exception):
            schema, mark, state = json.loads(self._cache[board_id])
            if schema < STATE_SCHEMA:
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
