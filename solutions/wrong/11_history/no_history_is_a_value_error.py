"""You leave it to the replay to complain that there is no history.

The replay says `ValueError`: somebody called it in the wrong way. But whoever asks for a board too
early has made no mistake in the call. Which error says that there is no such board?
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
        if at_version is not None and 0 < len(history) < at_version:
            raise BoardNotFoundError(board_id)
        return PastBoard.replay(history)
