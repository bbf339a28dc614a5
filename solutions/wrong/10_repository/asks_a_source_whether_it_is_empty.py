"""Your repository sends an unknown id on to `replay`, which says `ValueError`.

That does not tell which board was asked for. When do you know that there is no event? Try `not
(number for number in [])`: a source of events is never false. What is false, if it has nothing in
it?
"""


class BoardRepository:
    def current(self, board_id):
        history = (stored.event for stored in self._store.read(_stream(board_id)))
        if not history:
            raise BoardNotFoundError(board_id)
        return Board.replay(history)
