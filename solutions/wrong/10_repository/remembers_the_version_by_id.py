"""Your repository remembers one version for each board, and two copies of a board are mistaken for one.

Amira has two windows open. The first saves, and the repository thinks that the second has seen it.
Which of the objects that you have in your hand knows best what it was made from?
"""


class BoardRepository:
    def __init__(self, store):
        self._store = store
        self._seen = {}

    def current(self, board_id):
        history = [stored.event for stored in self._store.read(_stream(board_id))]
        if not history:
            raise BoardNotFoundError(board_id)
        self._seen[board_id] = len(history)
        return Board.replay(history)

    def save(self, board):
        pending = board.pending
        if pending:
            seen = self._seen.get(board.id, 0)
            self._store.append(_stream(board.id), pending, expected_version=seen)
            self._seen[board.id] = seen + len(pending)
            board.mark_saved()
