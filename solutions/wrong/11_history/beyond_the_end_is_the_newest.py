"""You show the newest board when somebody asks for a version that has not come yet.

Somebody who asks for version 40 of a board with three events gets a board and believes it. When the
loop has ended, how do you notice that it ended too early?
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
        if not history:
            raise BoardNotFoundError(board_id)
        return PastBoard.replay(history)
