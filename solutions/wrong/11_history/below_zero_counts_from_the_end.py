"""You let Python count from the end when the version is below 1.

A slice up to -1 leaves out the last event and nothing complains. Which versions exist, and what
does the docstring promise for the others?
"""


class BoardRepository:
    def past(self, board_id, *, at_version=None, as_at=None):
        if as_at is not None and as_at.utcoffset() is None:
            raise ValueError(f"{as_at!r} has no time zone, so it is no moment yet.")
        history = []
        for stored in self._store.read(_stream(board_id)):
            if as_at is not None and stored.recorded_at > as_at:
                break
            history.append(stored.event)
        if at_version is not None and at_version > len(history):
            raise BoardNotFoundError(board_id)
        history = history[:at_version]
        if not history:
            raise BoardNotFoundError(board_id)
        return PastBoard.replay(history)
