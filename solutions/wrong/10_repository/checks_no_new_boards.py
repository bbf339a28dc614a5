"""Your `save` checks the version of every board but a new one.

Two people make a board of the same id, and both streams of events go into one. Version 0 is a
version as well: what does it say that the writer has seen? And what does `0 or None` give?
"""


class BoardRepository:
    def save(self, board):
        pending = board.pending
        if pending:
            seen = board.version - len(pending)
            self._store.append(_stream(board.id), pending, expected_version=seen or None)
            board.mark_saved()
