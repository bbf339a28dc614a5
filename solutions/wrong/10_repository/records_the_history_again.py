"""Your loaded board has its whole history pending.

The store has these events. When the board is saved, they would be appended a second time. Which
method of `Board` makes a board from events that have been kept?
"""


class BoardRepository:
    def current(self, board_id):
        history = [stored.event for stored in self._store.read(_stream(board_id))]
        if not history:
            raise BoardNotFoundError(board_id)
        board = Board()
        for event in history:
            board.record(event)
        return board
