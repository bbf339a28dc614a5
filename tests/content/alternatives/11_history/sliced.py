"""All is read first; then the beginning is cut off, by counting. The replay records its events."""


class Board:
    @classmethod
    def replay(cls, history):
        board = cls()
        for event in history:
            board.record(event)
        if not board.pending:
            raise ValueError("a board begins with an event")
        board.mark_saved()
        return board


class PastBoard:
    def record(self, event):
        raise HistoricalCopyError(f"{self!r} is history: {type(event).__name__} is refused")


class BoardRepository:
    def past(self, board_id, *, at_version=None, as_at=None):
        if at_version is not None and at_version <= 0:
            raise ValueError(at_version)
        recorded = list(self._store.read(_stream(board_id)))
        if as_at is not None:
            if as_at.tzinfo is None:
                raise ValueError(as_at)
            no_time = as_at - as_at
            known = sum(as_at - stored.recorded_at >= no_time for stored in recorded)
        else:
            known = len(recorded)
        count = known if at_version is None else at_version
        if not 1 <= count <= known:
            raise BoardNotFoundError(board_id)
        return PastBoard.replay(stored.event for stored in recorded[:count])
