"""Half a year of a support team's board, as tuples: a moment, what happened, and more about it.

    (moment, "scheduled", item, column)
    (moment, "advanced", item, from_column, to_column)
    (moment, "abandoned", item, column)
    (moment, "retired", item, column)

The team is made up, and so is its work: the same seed makes the same half-year on every machine.
Nothing happens that the board's own commands would refuse. `record` puts it all into a store.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import groupby
from typing import Any, TypeAlias

__all__ = ["BOARD", "COLUMNS", "NEW_LIMIT_ON", "ZONE", "Clock", "history", "record", "to_event"]

Happened: TypeAlias = tuple[Any, ...]
"""The moment in UTC, what happened, and the values that tell more about it."""

BOARD = "support"
"""The board's id."""

COLUMNS = {"to-do": "To do", "doing": "Doing", "review": "Review"}
"""The names of the columns by their ids, from left to right."""

ZONE = timezone(timedelta(hours=1))
"""Where the team works. There is no summer time."""

NEW_LIMIT_ON = date(2025, 10, 6)
"""The Monday from which on the team begins fewer things at once."""

_FIRST_DAY, _LAST_DAY = date(2025, 7, 1), date(2025, 12, 31)
_HOLIDAYS = {date(2025, 12, 25), date(2025, 12, 26)}
_OPENS = time(9, 0, tzinfo=ZONE)
_TICK = 5  # minutes: how often something can happen
_TICKS = 102  # in a working day, which ends at 17:30

_PEOPLE = 14
_LOST = 0.12  # of a person's time, for each thing that is begun besides the first
_LIMIT, _NEW_LIMIT, _LIMIT_OF_REVIEW = 56, 20, 12

_BACKLOG = 90  # what the team brings to its new board
_ARRIVALS = [52, 44, 42, 40, 34]  # from Monday to Friday, six more or fewer
_NEVER = 10**9


@dataclass(eq=False)
class _Item:
    """A piece of work.

    Attributes:
        id: Which one.
        work: Minutes that one person still needs for it, in Doing.
        review: Minutes that it still needs in Review.
        patience: Ticks until nobody waits for it any more.
        comes_back: Whether somebody asks again after it was given up.
    """

    id: str
    work: float
    review: float
    patience: int
    comes_back: bool


@dataclass
class _Team:
    """The board from day to day, the people, and what will come."""

    chance: random.Random
    limit: int = _LIMIT
    columns: dict[str, list[_Item]] = field(default_factory=lambda: {c: [] for c in COLUMNS})
    gone: list[tuple[int, _Item]] = field(default_factory=list)  # with the day on which it returns
    asked: int = 0
    ticks: int = 0

    def below(self, number: int) -> int:
        """Any whole number from 0 up. `random` alone is the same in every release of Python."""
        return int(self.chance.random() * number)

    def new_item(self) -> _Item:
        """Most of what people ask for is small, and some of it is large."""
        self.asked += 1
        size = self.chance.random()
        return _Item(
            id=f"item-{self.asked:04}",
            work=30 + 60 * size + 440 * size * size * size * size * size,
            review=10 + self.below(30),
            patience=self.ticks + self.below(8 * _TICKS) if self.below(5) == 0 else _NEVER,
            comes_back=self.below(5) < 2,
        )

    def arrivals(self, today: int, weekday: int) -> list[list[_Item]]:
        """What is asked for today, by the tick at which it is."""
        new = _ARRIVALS[weekday] - 6 + self.below(13) + (_BACKLOG if today == 0 else 0)
        items = [self.new_item() for _ in range(new)]
        items += [item for day, item in self.gone if day <= today]
        self.gone = [(day, item) for day, item in self.gone if day > today]
        arriving: list[list[_Item]] = [[] for _ in range(_TICKS)]
        for item in items:
            arriving[self.below(_TICKS)].append(item)
        return arriving

    def work(self) -> None:
        """Spend a tick. Who has begun several things at once loses time between them."""
        self.ticks += 1
        doing, review = self.columns["doing"], self.columns["review"]
        begun = max(1.0, len(doing) / _PEOPLE)
        for item in doing:
            item.work -= _TICK / begun / (1 + _LOST * (begun - 1))
        for item in review:
            item.review -= _TICK

    def moves(self, today: int) -> Iterator[tuple[str, ...]]:
        """What changes its place now: the right-most first, so that it makes room."""
        to_do, doing, review = self.columns.values()
        for column, items in self.columns.items():
            for item in [item for item in items if item.patience < self.ticks]:
                items.remove(item)
                item.patience = _NEVER
                if item.comes_back:
                    self.gone.append((today + 1 + self.below(6), item))
                yield "abandoned", item.id, column
        for item in [item for item in review if item.review <= 0]:
            review.remove(item)
            yield "retired", item.id, "review"
        for item in [item for item in doing if item.work <= 0]:
            if len(review) < _LIMIT_OF_REVIEW:
                doing.remove(item)
                review.append(item)
                yield "advanced", item.id, "doing", "review"
        while to_do and len(doing) < self.limit:
            doing.append(to_do.pop(0))
            yield "advanced", doing[-1].id, "to-do", "doing"

    def day(self, today: int, weekday: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """What happens on a working day, each with its tick."""
        for tick, arriving in enumerate(self.arrivals(today, weekday)):
            self.work()
            yield from ((tick, move) for move in self.moves(today))
            for item in arriving:
                self.columns["to-do"].append(item)
                yield tick, ("scheduled", item.id, "to-do")


def history(seed: int = 2025) -> list[Happened]:
    """Tell what happened on the board from July to December 2025, oldest first."""
    team = _Team(random.Random(seed))
    days = [_FIRST_DAY + timedelta(n) for n in range((_LAST_DAY - _FIRST_DAY).days + 1)]
    working_days = [day for day in days if day.weekday() < 5 and day not in _HOLIDAYS]
    told = list(_beginning())
    for today, day in enumerate(working_days):
        opens = datetime.combine(day, _OPENS).astimezone(UTC)
        if day == NEW_LIMIT_ON:
            team.limit = _NEW_LIMIT
            told.append((opens, "limit changed", "doing", _NEW_LIMIT))
        for tick, group in groupby(team.day(today, day.weekday()), key=lambda pair: pair[0]):
            moves = [move for _, move in group]
            for number, move in enumerate(moves):
                seconds = 60 * _TICK * number // len(moves)
                told.append((opens + timedelta(minutes=_TICK * tick, seconds=seconds), *move))
    return told


def _beginning() -> Iterator[Happened]:
    """The empty board, at eight in the morning of the first day."""
    moment = datetime.combine(_FIRST_DAY, time(8, 0, tzinfo=ZONE)).astimezone(UTC)
    limits = {"to-do": None, "doing": _LIMIT, "review": _LIMIT_OF_REVIEW}
    yield moment, "board created", BOARD, "Support", "What customers wait for."
    for column, name in COLUMNS.items():
        yield moment, "column added", column, name, limits[column]


class Clock:
    """A clock for a store, that tells whatever moment it was set to."""

    def __init__(self) -> None:
        self.moment = datetime.combine(_FIRST_DAY, time(tzinfo=UTC))

    def __call__(self) -> datetime:
        """Tell the moment."""
        return self.moment


def record(happened: Iterable[Happened], store: Any, clock: Clock, events: Any) -> None:
    """Append a history to a store, each event at its own moment, in a stream for the board.

    It takes a second or two with a store in memory. A store in a file may take minutes, since it
    puts each event on the disk before the next.

    Args:
        happened: The history, as `history` tells it.
        store: Your event store, which has nothing of this board yet.
        clock: The clock that the store was made with.
        events: Your module of events.
    """
    for version, (moment, *what) in enumerate(happened):
        clock.moment = moment
        event = to_event(what, events)
        store.append(f"board-{BOARD}", [event], expected_version=version)


def to_event(what: Sequence[Any], events: Any) -> Any:
    """Make an event of yours from what a tuple says behind its moment."""
    match what:
        case "scheduled", item, column:
            return events.WorkItemScheduled(work_item_id=item, column_id=column)
        case "advanced", item, left, entered:
            return events.WorkItemAdvanced(
                work_item_id=item, from_column_id=left, to_column_id=entered
            )
        case "abandoned", item, column:
            return events.WorkItemAbandoned(work_item_id=item, column_id=column)
        case "retired", item, column:
            return events.WorkItemRetired(work_item_id=item, column_id=column)
        case "limit changed", column, limit:
            return events.WipLimitChanged(column_id=column, wip_limit=limit)
        case "column added", column, name, limit:
            return events.ColumnAdded(column_id=column, name=name, wip_limit=limit)
        case "board created", board, name, description:
            return events.BoardCreated(board_id=board, name=name, description=description)
    raise ValueError(f"No event is known for {what!r}.")
