"""Your repository puts a text into the cache, and a cache keeps bytes.

A dictionary takes everything. A file does not. How does a text become bytes?
"""

class SnapshotRepository:
    def _keep(self, board):
        last, *_ = self._store.read(_stream(board.id), after=board.version - 1)
        snapshot = [STATE_SCHEMA, _mark(last), state_of(board)]
        self._cache[board.id] = json.dumps(snapshot)
