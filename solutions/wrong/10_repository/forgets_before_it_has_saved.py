"""Your `save` has the board forget its events even if they could not be appended.

The disk was full, or somebody else was first. The store has nothing, and the board says that nothing
is pending. Where are the events now? At which moment may the board forget them?
"""


class BoardRepository:
    def save(self, board):
        pending = board.pending
        if pending:
            seen = board.version - len(pending)
            board.mark_saved()
            self._store.append(_stream(board.id), pending, expected_version=seen)
