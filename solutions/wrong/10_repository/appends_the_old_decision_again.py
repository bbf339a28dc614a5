"""After a conflict, your `save` appends the same events again, and so overrules whoever was first.

They were decided on a board that is no more: somebody has taken the free place. Which line asked the
rule, and does it run again here? Who is the one that can run it again?
"""


class BoardRepository:
    def save(self, board):
        pending = board.pending
        if pending:
            seen = board.version - len(pending)
            try:
                self._store.append(_stream(board.id), pending, expected_version=seen)
            except ConcurrencyError as conflict:
                self._store.append(
                    _stream(board.id), pending, expected_version=conflict.actual
                )
            board.mark_saved()
