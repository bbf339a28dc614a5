"""You ask the clock of this machine whether the moment has come yet.

What was recorded up to then is all there is to know, in the past and in the future. And when was
the last time that you passed a clock in, so that a test could set it?
"""

from datetime import UTC


class BoardRepository:
    def past(self, board_id, *, at_version=None, as_at=None):
        if at_version is not None and at_version < 1:
            raise ValueError(f"The first version is 1; there is no {at_version}.")
        if as_at is not None and as_at.utcoffset() is None:
            raise ValueError(f"{as_at!r} has no time zone, so it is no moment yet.")
        if as_at is not None and as_at > datetime.now(UTC):
            raise ValueError(f"{as_at} has not come yet.")
        history = []
        for stored in self._store.read(_stream(board_id)):
            if at_version is not None and stored.version > at_version:
                break
            if as_at is not None and stored.recorded_at > as_at:
                break
            history.append(stored.event)
        if len(history) < (at_version or 1):
            raise BoardNotFoundError(board_id)
        return PastBoard.replay(history)
