"""Your repository loads a board once and gives the same one to everybody.

What one of them changes, the other sees before it is saved, and may save it with their own. And what
another program saved is never seen. Whose board is it that you give out?
"""


class BoardRepository:
    def __init__(self, store):
        self._store = store
        self._loaded = {}

    def current(self, board_id):
        if board_id not in self._loaded:
            history = [stored.event for stored in self._store.read(_stream(board_id))]
            if not history:
                raise BoardNotFoundError(board_id)
            self._loaded[board_id] = Board.replay(history)
        return self._loaded[board_id]
