"""Your loaded board is at version 0, whatever has happened to it.

You applied each event, and nobody counted them. The version is what `save` needs to know what the
board has seen. Which method of `Board` applies and counts?
"""


class BoardRepository:
    def current(self, board_id):
        history = [stored.event for stored in self._store.read(_stream(board_id))]
        if not history:
            raise BoardNotFoundError(board_id)
        board = Board()
        for event in history:
            board.apply(event)
        return board
