"""You refuse every time zone but UTC.

A moment is the same moment in whichever zone it is told. Python can compare two moments that have
different zones. Which moments does the docstring refuse?
"""

from datetime import UTC


class BoardRepository:
    def past(self, board_id, *, at_version=None, as_at=None):
        if at_version is not None and at_version < 1:
            raise ValueError(f"The first version is 1; there is no {at_version}.")
        if as_at is not None and as_at.tzinfo is not UTC:
            raise ValueError(f"{as_at!r} is not in UTC.")
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
