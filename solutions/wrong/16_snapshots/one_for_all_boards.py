"""All boards of your repository have one snapshot together.

Whoever loads another board overwrites it. Under which text in the cache does each board find its own?
"""

class SnapshotRepository:
    def _resumed(self, board_id):
        with suppress(Exception):
            schema, mark, state = json.loads(self._cache["board"])
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

    def _keep(self, board):
        last, *_ = self._store.read(_stream(board.id), after=board.version - 1)
        snapshot = [STATE_SCHEMA, _mark(last), state_of(board)]
        self._cache["board"] = json.dumps(snapshot).encode()
