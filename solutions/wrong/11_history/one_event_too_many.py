"""Your history goes on behind the version that was asked for.

At which event does your loop stop, and how many events make version 1? Take care if you count them
yourself: with which number does `enumerate` begin, and with which does `stored.version`?
"""


class BoardRepository:
    def past(self, board_id, *, at_version=None, as_at=None):
        if at_version is not None and at_version < 1:
            raise ValueError(f"The first version is 1; there is no {at_version}.")
        if as_at is not None and as_at.utcoffset() is None:
            raise ValueError(f"{as_at!r} has no time zone, so it is no moment yet.")
        history = []
        for number, stored in enumerate(self._store.read(_stream(board_id))):
            if at_version is not None and number > at_version:
                break
            if as_at is not None and stored.recorded_at > as_at:
                break
            history.append(stored.event)
        if len(history) < (at_version or 1):
            raise BoardNotFoundError(board_id)
        return PastBoard.replay(history)
