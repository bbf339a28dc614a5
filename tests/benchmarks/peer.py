"""The same events and the same aggregate, written for `eventsourcing` from PyPI.

It is used as its documentation shows: an application on SQLite, with the JSON transcoder and the
usual transcodings. Both stores write with WAL, and with the `synchronous` that is asked for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, AggregateEvent
from eventsourcing.persistence import DatetimeAsISO, DecimalAsStr, JSONTranscoder, UUIDAsHex
from eventsourcing.sqlite import SQLiteFactory
from ours import MIXED, MOVED

__all__ = [
    "SMALL",
    "Boards",
    "Ordered",
    "PeerBoard",
    "event_of",
    "loaded",
    "mixed",
    "moves",
    "opened",
    "put",
    "transcoder",
]

SMALL = dict(vars(MOVED))


class PeerBoard(Aggregate):
    """Remembers where each work item is, and counts the moves."""

    def __init__(self) -> None:
        self.moves = 0
        self.places: dict[str, str] = {}

    class WorkItemMoved(Aggregate.Event):
        """The same three strings; the peer adds the time to them."""

        board_id: str
        work_item_id: str
        column: str

        def apply(self, aggregate: Any) -> None:
            aggregate.places[self.work_item_id] = self.column
            aggregate.moves += 1


class Ordered(AggregateEvent):
    """The same eight fields."""

    order_id: UUID
    customer_id: UUID
    placed_at: datetime
    total: Decimal
    quantity: int
    article: str
    express: bool
    address: dict[str, Any]


class Boards(Application[UUID]):
    """Its notification log gives pages of 1,000."""

    log_section_size = 1_000


@contextmanager
def opened(path: Path, synchronous: str = "NORMAL") -> Iterator[Boards]:
    env = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": path.as_posix()}
    with Boards(env=env) as boards:
        assert isinstance(boards.factory, SQLiteFactory)
        # It has no option for it, and one thread uses one connection of its pool.
        with boards.factory.datastore.get_connection(commit=True) as connection:
            connection.cursor().execute(f"PRAGMA synchronous = {synchronous}")
        yield boards


def moves(count: int) -> list[Any]:
    """The events of a new board, ready to be put: its creation and moves."""
    board = PeerBoard()
    for _ in range(count - 1):
        board.trigger_event(PeerBoard.WorkItemMoved, **SMALL)
    return list(board.collect_events())


def put(boards: Boards, count: int) -> UUID:
    """Store a new board of so many events, and give its id."""
    events = moves(count)
    boards.events.put(events)
    return events[0].originator_id  # type: ignore[no-any-return]


def loaded(boards: Boards, board_id: UUID) -> int:
    """Load a board, and tell its version."""
    board: PeerBoard = boards.repository.get(board_id)
    return board.version


def mixed() -> dict[str, Any]:
    """The mixed event as its transcoder takes it: what is nested is a dictionary already."""
    return {**vars(MIXED), "address": dict(vars(MIXED.address))}


def transcoder() -> JSONTranscoder:
    """Its JSON transcoder with the transcodings that an application registers."""
    made = JSONTranscoder()
    for transcoding in (UUIDAsHex(), DecimalAsStr(), DatetimeAsISO()):
        made.register(transcoding)
    return made


def event_of(event_class: type[AggregateEvent], values: dict[str, Any]) -> AggregateEvent:
    """An event with the identity and the time that all events of the peer have."""
    return event_class(
        originator_id=MIXED.order_id, originator_version=2, timestamp=MIXED.placed_at, **values
    )
