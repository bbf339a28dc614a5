"""To find one board, your repository reads the events of all.

Loading gets slower with every board that anybody makes, and one event that cannot be read keeps all
boards from loading. Which method of the store reads the events of one stream?
"""


class BoardRepository:
    def current(self, board_id):
        stream = _stream(board_id)
        everything = self._store.read_all()
        history = [stored.event for stored in everything if stored.stream == stream]
        if not history:
            raise BoardNotFoundError(board_id)
        return Board.replay(history)
