"""The limits become one question about an event; the board that would be blank is not found."""

from itertools import takewhile
from math import inf


class PastBoard:
    def record(self, event):
        message = "The past of {} is over: nothing more happens in it."
        raise HistoricalCopyError(message.format(self.id))


class BoardRepository:
    def past(self, board_id, *, at_version=None, as_at=None):
        last = inf if at_version is None else at_version
        if last < 1:
            raise ValueError(f"at_version={at_version} is below 1")
        latest = inf if as_at is None else _seconds(as_at)

        def is_known(stored):
            return stored.version <= last and _seconds(stored.recorded_at) <= latest

        known = takewhile(is_known, self._store.read(_stream(board_id)))
        try:
            board = PastBoard.replay(stored.event for stored in known)
        except ValueError as error:
            raise BoardNotFoundError(board_id) from error
        if at_version not in (None, board.version):
            raise BoardNotFoundError(board_id)
        return board


def _seconds(moment):
    from datetime import UTC, datetime, timedelta

    if moment.tzinfo is None:
        raise ValueError(f"{moment} hangs in no zone")
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
