"""You take a moment without a time zone to be in UTC, and nobody told you so.

Noon in London is not noon in Tokyo. You made a guess for whoever asked. What does the docstring
promise for a moment that leaves its zone open?
"""

from datetime import UTC


class BoardRepository:
    def past(self, board_id, *, at_version=None, as_at=None):
        if at_version is not None and at_version < 1:
            raise ValueError(f"The first version is 1; there is no {at_version}.")
        if as_at is not None and as_at.utcoffset() is None:
            as_at = as_at.replace(tzinfo=UTC)
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
