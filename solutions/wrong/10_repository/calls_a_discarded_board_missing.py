"""Your repository does not find a board that was discarded.

It has a history, and its last event says what became of it. What does a discarded board answer to
whoever asks it for something? Is that the same as a board that never was?
"""


from .events import BoardDiscarded


class BoardRepository:
    def current(self, board_id):
        history = [stored.event for stored in self._store.read(_stream(board_id))]
        if not history or isinstance(history[-1], BoardDiscarded):
            raise BoardNotFoundError(board_id)
        return Board.replay(history)
