"""You show a blank board for a moment at which there was none.

It has no name and no id, and nobody ever made it. How many events does your history have then, and
what does the docstring promise?
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
        if history and len(history) < (at_version or 1):
            raise BoardNotFoundError(board_id)
        if not history:
            return PastBoard()
        return PastBoard.replay(history)
