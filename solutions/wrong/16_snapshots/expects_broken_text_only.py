"""Your repository copes with a snapshot that is no JSON, and not with JSON that is no snapshot.

`null` is JSON. So is `{}`. There are more ways to be broken than one can think of. Which errors do you
want to let out of a cache?
"""

class SnapshotRepository:
    def _resumed(self, board_id):
        with suppress((LookupError, ValueError)):
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
