"""What the benchmarks give to this core: a small event, a mixed one, an aggregate, a projection."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import assert_never
from uuid import UUID, uuid4

from workshop.eventsourcing import (
    Aggregate,
    Event,
    EventCodec,
    Moment,
    Projection,
    StoredEvent,
)

__all__ = [
    "CODEC",
    "MIXED",
    "MOVED",
    "Board",
    "BoardState",
    "Moves",
    "Ordered",
    "WorkItemMoved",
    "moved",
]


@dataclass(frozen=True, kw_only=True)
class WorkItemMoved(Event):
    """A small event: three strings."""

    board_id: str
    work_item_id: str
    column: str


@dataclass(frozen=True, kw_only=True)
class Address:
    """What the mixed event holds inside."""

    street: str
    town: str
    floor: int


@dataclass(frozen=True, kw_only=True)
class Ordered(Event):
    """A mixed event: eight fields."""

    order_id: UUID
    customer_id: UUID
    placed_at: Moment
    total: Decimal
    quantity: int
    article: str
    express: bool
    address: Address


def moved(board_id: str) -> WorkItemMoved:
    return WorkItemMoved(
        board_id=board_id, work_item_id="1b4e28ba-2fa1-11d2-883f-0016d3cca427", column="doing"
    )


MOVED = moved("4f8f0f6e")
MIXED = Ordered(
    order_id=UUID("1b4e28ba-2fa1-11d2-883f-0016d3cca427"),
    customer_id=UUID("6fa459ea-ee8a-3ca4-894e-db77e160355e"),
    placed_at=datetime(2026, 9, 18, 14, 10, 3, 250_000, tzinfo=UTC),
    total=Decimal("149.90"),
    quantity=3,
    article="A chair with arms, in green",
    express=True,
    address=Address(street="12 Market Street", town="Bath", floor=2),
)
CODEC = EventCodec(
    WorkItemMoved, Ordered, names={"work-item-moved": WorkItemMoved, "ordered": Ordered}
)


@dataclass(frozen=True, kw_only=True)
class BoardState:
    """What a snapshot keeps of a board."""

    id: str
    moves: int
    places: dict[str, str]


class Board(Aggregate[WorkItemMoved]):
    """Remembers where each work item is, and counts the moves."""

    def __init__(self) -> None:
        self.moves = 0
        self.places: dict[str, str] = {}
        self._id = ""

    @property
    def id(self) -> str:
        return self._id

    def apply(self, event: WorkItemMoved) -> None:
        match event:
            case WorkItemMoved():
                self._id = event.board_id
                self.places[event.work_item_id] = event.column
                self.moves += 1
            case _:
                assert_never(event)

    def state(self) -> BoardState:
        return BoardState(id=self._id, moves=self.moves, places=self.places)

    @classmethod
    def of(cls, state: BoardState) -> "Board":
        board = cls()
        board._id, board.moves, board.places = state.id, state.moves, dict(state.places)
        return board


class Moves(Projection):
    """Counts moves by column, in memory, and says when it has seen enough."""

    def __init__(self, enough: int, say: Callable[[], object]) -> None:
        self.name = f"moves-{uuid4()}"
        self.seen = 0
        self.columns: Counter[str] = Counter()
        self._enough, self._say = enough, say

    def project(self, stored: StoredEvent[Event]) -> None:
        match stored.event:
            case WorkItemMoved(column=column):
                self.columns[column] += 1
        self.seen += 1
        if self.seen == self._enough:
            self._say()
