"""You stop at the first event of the moment, and others were recorded with it.

What is saved together is recorded together, in the same microsecond. By which event do you know
that there are no more of that moment: by the first that is equal, or by the first that is later?
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
            if stored.recorded_at == as_at:
                history.append(stored.event)
                break
            history.append(stored.event)
        if len(history) < (at_version or 1):
            raise BoardNotFoundError(board_id)
        return PastBoard.replay(history)
