"""Your repository keeps the board that was saved and gives it out again.

Whoever saved it still has it in their hands, and goes on changing it. What is read if you ask the
store each time, and what is asked of it here?
"""


class BoardRepository:
    def __init__(self, store):
        self._store = store
        self._saved = {}

    def current(self, board_id):
        if board_id in self._saved:
            return self._saved[board_id]
        history = [stored.event for stored in self._store.read(_stream(board_id))]
        if not history:
            raise BoardNotFoundError(board_id)
        return Board.replay(history)

    def save(self, board):
        pending = board.pending
        if pending:
            seen = board.version - len(pending)
            self._store.append(_stream(board.id), pending, expected_version=seen)
            board.mark_saved()
        self._saved[board.id] = board
