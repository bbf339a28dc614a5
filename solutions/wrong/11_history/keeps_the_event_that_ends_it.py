"""You add the event that ends your loop to the history before you leave the loop.

The first event that is too late tells you to stop, and that is all it is good for. In which order
does your loop compare and keep?
"""


class BoardRepository:
    def past(self, board_id, *, at_version=None, as_at=None):
        if at_version is not None and at_version < 1:
            raise ValueError(f"The first version is 1; there is no {at_version}.")
        if as_at is not None and as_at.utcoffset() is None:
            raise ValueError(f"{as_at!r} has no time zone, so it is no moment yet.")
        history = []
        for stored in self._store.read(_stream(board_id)):
            history.append(stored.event)
            if at_version is not None and stored.version > at_version:
                break
            if as_at is not None and stored.recorded_at > as_at:
                break
        if len(history) < (at_version or 1):
            raise BoardNotFoundError(board_id)
        return PastBoard.replay(history)
