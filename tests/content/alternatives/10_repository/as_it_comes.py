"""Replays the events as they come; a save that fails goes out by itself."""

from itertools import chain


class BoardRepository:
    def current(self, board_id):
        history = (stored.event for stored in self._store.read(f"board-{board_id}"))
        for first in history:
            return Board.replay(chain((first,), history))
        raise BoardNotFoundError(board_id)

    def save(self, board):
        match board.pending:
            case ():
                pass
            case pending:
                new = list(pending)
                self._store.append(
                    f"board-{board.id}", new, expected_version=board.version - len(new)
                )
                board.mark_saved()


def retry_on_conflict(action, *, attempts=3):
    attempt = 1
    while True:
        try:
            result = action()
        except ConcurrencyError:
            if attempt >= attempts:
                raise
            attempt += 1
        else:
            return result
