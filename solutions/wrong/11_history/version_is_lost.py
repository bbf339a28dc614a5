"""Your past board does not know its version.

You apply the events yourself. What else does the replay of step 7 do with each of them? Could it do
the work here?
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
            board.apply(event)
        return board
