"""Your `save` counts pending events as if the stream had them already.

A new board with eight pending events says that it is at version 8. At which version is its stream
before any of them is appended? How do you get from the one number to the other?
"""


class BoardRepository:
    def save(self, board):
        pending = board.pending
        if pending:
            self._store.append(_stream(board.id), pending, expected_version=board.version)
            board.mark_saved()
