"""Your repository says that there is no such board, whatever went wrong.

A board whose events cannot be read is there. Somebody who is told that it is missing makes a new one
in its place. Which one trouble means that nothing was recorded?
"""


class BoardRepository:
    def current(self, board_id):
        try:
            history = [stored.event for stored in self._store.read(_stream(board_id))]
            return Board.replay(history)
        except Exception:
            raise BoardNotFoundError(board_id) from None
