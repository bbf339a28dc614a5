"""Your repository believes a snapshot as soon as the stream is long enough.

The store was restored from a backup, and went on. There is an event at that version again, and it is
another one. What does its envelope say that the other's did not?
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
            for stored in later:
                board.apply(stored.event)
                board._version += 1
            return board, start
        return None
