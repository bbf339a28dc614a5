"""Your repository takes the first event to see whether there is one, and replays the rest.

The first event is the one with the board's name and id. What became of it after you had looked at
it? Can you look at the whole history and still have it?
"""


class BoardRepository:
    def current(self, board_id):
        history = (stored.event for stored in self._store.read(_stream(board_id)))
        if next(history, None) is None:
            raise BoardNotFoundError(board_id)
        return Board.replay(history)
