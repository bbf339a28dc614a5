"""Your past board has its whole history pending.

What is pending will be saved, and this was saved long ago. Which method makes a board from its
history and leaves nothing pending?
"""


class BoardRepository:
    def past(self, board_id, *, at_version=None, as_at=None):
        if at_version is not None and at_version < 1:
            raise ValueError(f"The first version is 1; there is no {at_version}.")
        if as_at is not None and as_at.utcoffset() is None:
            raise ValueError(f"{as_at!r} has no time zone, so it is no moment yet.")
        history = []
        for stored in self._store.read(_stream(board_id)):
            if at_version is not None and stored.version > at_version:
                break
            if as_at is not None and stored.recorded_at > as_at:
                break
            history.append(stored.event)
        if len(history) < (at_version or 1):
            raise BoardNotFoundError(board_id)
        board = PastBoard()
        for event in history:
            Board.record(board, event)
        return board
