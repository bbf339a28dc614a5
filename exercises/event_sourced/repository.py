"""Where boards are kept: each one as a stream of events."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Self, TypeVar

from workshop.eventsourcing import ConcurrencyError, HistoricalCopyError

from .board import Board
from .errors import BoardNotFoundError
from .event_store import SqliteEventStore
from .events import BoardEvent

__all__ = ["BoardRepository", "PastBoard", "retry_on_conflict"]

T = TypeVar("T")


class PastBoard(Board):
    """A board as it was. It can be asked everything, and changes no more."""

    @classmethod
    def replay(cls, history: Iterable[BoardEvent]) -> Self:
        """Replay it like any board; only then does it belong to the past.

        Some replays record their events and call them saved. This board records none.
        """
        past = cls()
        vars(past).update(vars(Board.replay(history)))
        return past

    def record(self, event: BoardEvent) -> None:  # step 11
        """Refuse: what happens now does not happen to a board of the past.

        Raises:
            HistoricalCopyError: Always. The message names the board.
        """
        raise NotImplementedError("step 11: PastBoard.record")


class BoardRepository:
    """A collection of boards: for its user, there are no events in it."""

    def __init__(self, store: SqliteEventStore) -> None:
        self._store = store

    def get(
        self,
        board_id: str,
        *,
        at_version: int | None = None,
        as_at: datetime | None = None,
    ) -> Board:
        """Find a board as it is; with a version or a moment, a copy of it as it was."""
        if at_version is None and as_at is None:
            return self.current(board_id)
        return self.past(board_id, at_version=at_version, as_at=as_at)

    def current(self, board_id: str) -> Board:  # step 10
        """Load a board: read its stream, and replay it.

        Whoever asks gets a board of their own, as it is by now. A board that was
        discarded is found, too: that it was is an event like the others.

        Raises:
            BoardNotFoundError: Nothing was ever recorded of such a board.
        """
        raise NotImplementedError("step 10: BoardRepository.current")

    def save(self, board: Board) -> None:  # step 10
        """Append what is pending to the board's stream, and then forget that it was.

        All of it is appended together. The version that is expected is the one that
        the board had before its pending events. If nothing is pending, nothing is
        appended, whoever saved the board meanwhile.

        Raises:
            ConcurrencyError: Somebody saved the board since it was loaded. Nothing was
                written, and what is pending stays pending, as after every error.
        """
        raise NotImplementedError("step 10: BoardRepository.save")

    def past(  # step 11
        self,
        board_id: str,
        *,
        at_version: int | None = None,
        as_at: datetime | None = None,
    ) -> PastBoard:
        """Load a board as it was: replay the beginning of its stream.

        Args:
            board_id: Which board.
            at_version: As it was after so many events.
            as_at: As it was at this moment, told in any time zone. What was recorded at
                the moment itself counts. If a version is given as well, the board must
                have come to it by then.

        Raises:
            BoardNotFoundError: There was no such board yet, or it had not come so far.
            ValueError: The version is below 1, or the moment has no time zone.
        """
        raise NotImplementedError("step 11: BoardRepository.past")


def retry_on_conflict(  # step 10
    action: Callable[[], T], *, attempts: int = 3
) -> T:
    """Run an action, and after a conflict run all of it again.

    Every other error ends it at once: a rule that says no is an answer.

    Args:
        action: Loads, decides and saves; what it returns is returned.
        attempts: How often it is tried in all: 1 or more.

    Raises:
        ConcurrencyError: The last attempt met a conflict, too.
    """
    raise NotImplementedError("step 10: retry_on_conflict")


def _stream(board_id: str) -> str:
    """The name of a board's stream; its kind is in front, as items have ids, too."""
    return f"board-{board_id}"
