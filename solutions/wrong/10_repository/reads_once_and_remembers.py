"""Your repository remembers the events that it has read, and never asks whether there are more.

Everybody gets a board of their own, made from yesterday's events. What another person saved is not
among them. When is the store asked?
"""


class BoardRepository:
    def __init__(self, store):
        self._store = store
        self._histories = {}

    def current(self, board_id):
        if board_id not in self._histories:
            history = [stored.event for stored in self._store.read(_stream(board_id))]
            if not history:
                raise BoardNotFoundError(board_id)
            self._histories[board_id] = history
        return Board.replay(self._histories[board_id])

    def save(self, board):
        pending = board.pending
        if pending:
            seen = board.version - len(pending)
            self._store.append(_stream(board.id), pending, expected_version=seen)
            self._histories.setdefault(board.id, []).extend(pending)
            board.mark_saved()
