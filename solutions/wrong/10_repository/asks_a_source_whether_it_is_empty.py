"""Your repository asks a source of events whether it is empty, and a source is never false.

Try `not (number for number in [])`. So an unknown id comes as far as `replay`, which says
`ValueError`. What is false, if it has nothing in it? And what would tell which board was asked for?
"""


class BoardRepository:
    def current(self, board_id):
        history = (stored.event for stored in self._store.read(_stream(board_id)))
        if not history:
            raise BoardNotFoundError(board_id)
        return Board.replay(history)
