"""Your repository answers `None` when it has no such board.

Whoever asked goes on with it, and fails three lines later with an `AttributeError` that does not say
which board it was. Which error of `errors.py` says it at once?
"""


class BoardRepository:
    def current(self, board_id):
        history = [stored.event for stored in self._store.read(_stream(board_id))]
        if not history:
            return None
        return Board.replay(history)
