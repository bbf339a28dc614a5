"""Your snapshots count until the next thing happens, anywhere in the store.

A snapshot of version 40 is as good as ever when version 41 comes. After which event was it taken? Is
that one still there?
"""

class SnapshotRepository:
    def _resumed(self, board_id):
        with suppress(Exception):
            schema, mark, state = json.loads(self._cache[board_id])
            if schema != STATE_SCHEMA:
                return None
            board = board_from(state)
            start = board.version
            last, *later = self._store.read(_stream(board_id), after=start - 1)
            if mark != self._store.last_position():
                return None
            for stored in later:
                board.apply(stored.event)
                board._version += 1
            return board, start
        return None

    def _keep(self, board):
        snapshot = [STATE_SCHEMA, self._store.last_position(), state_of(board)]
        self._cache[board.id] = json.dumps(snapshot).encode()
