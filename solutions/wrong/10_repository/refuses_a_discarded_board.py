"""Your repository refuses a board that was discarded, so nobody ever learns that it was.

In the first part a repository held boards that were in use. This one keeps what happened. Is it a
fact that the board was discarded? Where is it kept if you do not append it, and who learns of it if
you do not load it?
"""


class BoardRepository:
    def save(self, board):
        board.check_in_use()
        pending = board.pending
        if pending:
            seen = board.version - len(pending)
            self._store.append(_stream(board.id), pending, expected_version=seen)
            board.mark_saved()
