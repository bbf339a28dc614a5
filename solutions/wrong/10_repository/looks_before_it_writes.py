"""Your `save` looks at the version first and appends afterwards, and in between somebody else can save.

You let the store append wherever the stream is by then. Which argument of `append` makes the look
and the write one thing, which nobody can come between?
"""


class BoardRepository:
    def save(self, board):
        pending = board.pending
        if pending:
            seen = board.version - len(pending)
            actual = len(list(self._store.read(_stream(board.id))))
            if actual != seen:
                raise ConcurrencyError(_stream(board.id), seen, actual)
            self._store.append(_stream(board.id), pending, expected_version=None)
            board.mark_saved()
