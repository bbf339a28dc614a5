"""Your repository records the events since the snapshot anew.

`record` counts an event and applies it, as you need it. What else does it do, and what does `save` do
with that?
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
            if mark != _mark(last):
                return None
            for stored in later:
                board.record(stored.event)
            return board, start
        return None
