"""Each board carries the version that its stream had; the store tells it the new one."""


class BoardRepository:
    def current(self, board_id):
        envelopes = list(self._store.read(_stream(board_id)))
        try:
            board = Board.replay([envelope.event for envelope in envelopes])
        except ValueError as nothing:
            raise BoardNotFoundError(board_id) from nothing
        board.seen_version = envelopes[-1].version
        return board

    def save(self, board):
        if board.pending:
            seen = getattr(board, "seen_version", 0)
            appended = self._store.append(
                _stream(board.id), board.pending, expected_version=seen
            )
            board.mark_saved()
            board.seen_version = appended.version


def retry_on_conflict(action, *, attempts=3):
    conflict = None
    for _ in range(attempts):
        try:
            return action()
        except ConcurrencyError as met:
            conflict = met
    raise conflict
