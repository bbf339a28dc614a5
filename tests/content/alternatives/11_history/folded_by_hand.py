"""The board is folded here, event by event, and what is too late is passed over instead of left."""


class PastBoard:
    def record(self, event):
        self._refuse(event)

    def _refuse(self, event):
        raise HistoricalCopyError(f"{self._id} at {self._version}: no {event}")


class BoardRepository:
    def past(self, board_id, *, at_version=None, as_at=None):
        match at_version:
            case int() if at_version < 1:
                raise ValueError(f"Versions are counted from 1, and {at_version} is below.")
        if as_at and not as_at.tzinfo:
            raise ValueError(f"{as_at} could be anywhere.")
        board = PastBoard()
        for stored in self._store.read(_stream(board_id), after=0):
            too_late = as_at is not None and as_at < stored.recorded_at
            if too_late or stored.version > (at_version or stored.version):
                continue
            board.apply(stored.event)
            board._version = stored.version
        if board.version == 0 or (at_version and board.version != at_version):
            raise BoardNotFoundError(board_id)
        return board
