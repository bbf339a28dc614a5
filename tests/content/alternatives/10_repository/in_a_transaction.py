"""Looks and writes within one transaction, so nobody comes in between; retries by calling itself."""


class BoardRepository:
    def current(self, board_id):
        board = None
        for stored in self._store.read(_stream(board_id)):
            if board is None:
                board = Board()
            board.record(stored.event)
        if board is None:
            raise BoardNotFoundError(board_id)
        board.mark_saved()
        return board

    def save(self, board):
        if not board.pending:
            return
        stream = _stream(board.id)
        with self._store.transaction():
            actual = sum(1 for _ in self._store.read(stream))
            seen = board.version - len(board.pending)
            if actual != seen:
                raise ConcurrencyError(stream, seen, actual)
            for event in board.pending:
                self._store.append(stream, [event], expected_version=None)
        board.mark_saved()


def retry_on_conflict(action, *, attempts=3):
    try:
        return action()
    except ConcurrencyError:
        if attempts == 1:
            raise
    return retry_on_conflict(action, attempts=attempts - 1)
