"""Your `save` takes it that one event is pending, and there may be more of them or fewer.

A new board has its whole life pending. Which number do you subtract from the board's version to get
the version at which nothing was pending?
"""


class BoardRepository:
    def save(self, board):
        pending = board.pending
        if pending:
            self._store.append(_stream(board.id), pending, expected_version=board.version - 1)
            board.mark_saved()
