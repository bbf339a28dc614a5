"""The support desk's program as it was in 2025, in its three editions.

It is kept so that what it wrote, `exercises/last_year.jsonl`, is the work of a program and of
nobody's hand. It shares no code with today's, and keeps its boards in its own way.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any, TypeAlias

__all__ = ["Column", "Desk", "Row", "a_year", "lines"]

Row: TypeAlias = dict[str, Any]
"""A row of its store, in the order of the columns there."""


@dataclass(frozen=True)
class JanuarysColumnAdded:
    """Edition 1 knew no limits."""

    column_id: str
    name: str


@dataclass(frozen=True)
class AprilsColumnAdded:
    """Edition 2 knew limits, and wrote 0 for none."""

    column_id: str
    name: str
    limit: int


@dataclass(frozen=True)
class SeptembersColumnAdded:
    """Edition 3 called it as today's program does: `None` for none, and 0 for no room."""

    column_id: str
    name: str
    wip_limit: int | None


ColumnAdded: TypeAlias = JanuarysColumnAdded | AprilsColumnAdded | SeptembersColumnAdded


def january(column_id: str, name: str, limit: int | None) -> ColumnAdded:
    if limit is not None:
        raise ValueError(f"edition 1 knows no limits, and {name!r} has one")
    return JanuarysColumnAdded(column_id, name)


def april(column_id: str, name: str, limit: int | None) -> ColumnAdded:
    if limit == 0:
        raise ValueError(f"edition 2 cannot say that {name!r} takes nothing")
    return AprilsColumnAdded(column_id, name, limit or 0)


def september(column_id: str, name: str, limit: int | None) -> ColumnAdded:
    return SeptembersColumnAdded(column_id, name, limit)


EDITIONS: dict[int, Callable[[str, str, int | None], ColumnAdded]] = {
    1: january,
    2: april,
    3: september,
}
"""What each edition writes of a new column; of all else, all of them write the same."""


@dataclass
class Column:
    """A column as the program had it in memory; a limit of `None` is none."""

    id: str
    name: str
    limit: int | None
    items: list[str] = field(default_factory=list)

    @property
    def has_room(self) -> bool:
        return self.limit is None or len(self.items) < self.limit


class Desk:
    """The program: boards in memory, and its store, in `rows`."""

    def __init__(self) -> None:
        self.edition = 1
        self.now = datetime(2025, 1, 1, tzinfo=UTC)
        self.rows: list[Row] = []
        self.boards: dict[str, list[Column]] = {}
        self._versions: dict[str, int] = {}

    def create_board(self, board: str, name: str, description: str) -> None:
        self.boards[board] = []
        self._on(board, "board-created", board_id=board, name=name, description=description)

    def discard_board(self, board: str) -> None:
        del self.boards[board]
        self._on(board, "board-discarded")

    def add_column(self, board: str, column_id: str, name: str, limit: int | None = None) -> None:
        self.boards[board].append(Column(column_id, name, limit))
        event = EDITIONS[self.edition](column_id, name, limit)
        self._on(board, "column-added", self.edition, **asdict(event))

    def insert_column(
        self, board: str, column_id: str, name: str, limit: int | None, following_id: str
    ) -> None:
        columns = self.boards[board]
        place = [column.id for column in columns].index(following_id)
        columns.insert(place, Column(column_id, name, limit))
        data = {"column_id": column_id, "following_id": following_id, "name": name}
        self._on(board, "column-inserted", **data, wip_limit=limit)

    def change_limit(self, board: str, column_id: str, limit: int | None) -> None:
        [column] = [each for each in self.boards[board] if each.id == column_id]
        column.limit = limit
        self._on(board, "wip-limit-changed", column_id=column_id, wip_limit=limit)

    def rename_column(self, board: str, column_id: str, name: str) -> None:
        [column] = [each for each in self.boards[board] if each.id == column_id]
        column.name = name
        self._on(board, "column-renamed", column_id=column_id, name=name)

    def register(self, item: str, name: str, due: date | None) -> None:
        data = {"work_item_id": item, "name": name, "due_date": due and due.isoformat()}
        self._record(f"work-item-{item}", "work-item-registered", **data, content="")

    def schedule(self, board: str, item: str) -> None:
        first = self.boards[board][0]
        first.items.append(item)
        self._on(board, "work-item-scheduled", work_item_id=item, column_id=first.id)

    def move_one(self, board: str) -> bool:
        """Retire or advance the item that has come furthest, if there is one that can."""
        columns = self.boards[board]
        if columns[-1].items:
            item = columns[-1].items.pop(0)
            self._on(board, "work-item-retired", work_item_id=item, column_id=columns[-1].id)
            return True
        for source, target in reversed(list(pairwise(columns))):
            if source.items and target.has_room:
                item = source.items.pop(0)
                target.items.append(item)
                moved = {"from_column_id": source.id, "to_column_id": target.id}
                self._on(board, "work-item-advanced", work_item_id=item, **moved)
                return True
        return False

    def abandon_one(self, board: str) -> None:
        for column in self.boards[board]:
            if column.items:
                item = column.items.pop()
                self._on(board, "work-item-abandoned", work_item_id=item, column_id=column.id)
                return

    def _on(self, board: str, name: str, schema: int = 1, /, **data: object) -> None:
        self._record(f"board-{board}", name, schema, **data)

    def _record(self, stream: str, name: str, schema: int = 1, /, **data: object) -> None:
        self.now += timedelta(minutes=7, microseconds=1_000 + len(self.rows))
        self._versions[stream] = self._versions.get(stream, 0) + 1
        self.rows.append(
            {
                "position": len(self.rows) + 1,
                "stream": stream,
                "version": self._versions[stream],
                "recorded_at": (self.now - datetime(1970, 1, 1, tzinfo=UTC))
                // timedelta(microseconds=1),
                "name": name,
                "schema": schema,
                "data": data,
                "metadata": {"program": f"desk {self.edition}"},
            }
        )


def on_2_january(desk: Desk) -> None:
    desk.create_board("support", "Support", "What is broken.")
    desk.add_column("support", "s-to-do", "To do")
    desk.add_column("support", "s-doing", "Doing")


def on_3_february(desk: Desk) -> None:
    desk.create_board("launch", "Spring launch", "What has to be there on 1 May.")
    for column_id, name in [("l-to-do", "To do"), ("l-doing", "Doing"), ("l-done", "Done")]:
        desk.add_column("launch", column_id, name)


def on_1_april(desk: Desk) -> None:
    desk.edition = 2
    desk.add_column("support", "s-done", "Done")
    desk.create_board("invoices", "Invoices", "What customers owe, and what they say.")
    desk.add_column("invoices", "i-to-do", "To do")
    desk.add_column("invoices", "i-doing", "Doing")
    desk.add_column("invoices", "i-bank", "With the bank", 3)
    desk.add_column("invoices", "i-done", "Done")


def on_2_june(desk: Desk) -> None:
    desk.discard_board("launch")
    desk.create_board("website", "Website", "What visitors see.")
    desk.add_column("website", "w-ideas", "Ideas")
    desk.add_column("website", "w-doing", "Doing", 2)
    desk.add_column("website", "w-done", "Done", 1)


def on_1_september(desk: Desk) -> None:
    desk.edition = 3
    desk.insert_column("support", "s-checking", "Checking", 2, "s-done")
    desk.change_limit("support", "s-doing", 3)
    desk.rename_column("website", "w-done", "Ready")
    desk.add_column("website", "w-live", "Live")


def on_1_october(desk: Desk) -> None:
    desk.create_board("mobile", "Mobile", "What people want on their telephones.")
    desk.add_column("mobile", "m-to-do", "To do")
    desk.add_column("mobile", "m-doing", "Doing", 2)
    desk.add_column("mobile", "m-done", "Done")


def on_1_december(desk: Desk) -> None:
    desk.add_column("invoices", "i-next-year", "Next year", 0)


PLANNED: dict[date, Callable[[Desk], None]] = {
    date(2025, 1, 2): on_2_january,
    date(2025, 2, 3): on_3_february,
    date(2025, 4, 1): on_1_april,
    date(2025, 6, 2): on_2_june,
    date(2025, 9, 1): on_1_september,
    date(2025, 10, 1): on_1_october,
    date(2025, 12, 1): on_1_december,
}

SUBJECTS = {
    "support": ["Fix the login", "Password is lost", "Search is slow", "Export fails"],
    "launch": ["New logo", "Text of the front page", "Print the leaflets"],
    "invoices": ["Refund", "Invoice went astray", "Paid twice", "Wrong address"],
    "website": ["Larger type", "Map of the shop", "Opening hours"],
    "mobile": ["Turn the screen", "Smaller pictures", "Works in a tunnel"],
}


def working_days() -> Iterator[date]:
    days = (date(2025, 1, 1) + timedelta(days=number) for number in range(365))
    return (day for day in days if day.weekday() < 5)


def a_year() -> Desk:
    """Work through 2025: what is planned comes on its day, and the rest as it happens to come."""
    desk, chance, registered = Desk(), Random(2025).random, 0
    for day in working_days():
        desk.now = datetime.combine(day, time(9), tzinfo=UTC)
        if day in PLANNED:
            PLANNED[day](desk)
        for board, columns in list(desk.boards.items()):
            if chance() < 0.08 and columns[0].has_room:
                registered += 1
                subject = SUBJECTS[board][int(chance() * len(SUBJECTS[board]))]
                due = day + timedelta(days=14) if chance() < 0.3 else None
                desk.register(f"item-{registered}", f"{subject} ({registered})", due)
                desk.schedule(board, f"item-{registered}")
            if chance() < 0.25:
                desk.move_one(board)
            if chance() < 0.006:
                desk.abandon_one(board)
    return desk


def lines(rows: list[Row]) -> str:
    """The store's rows as a text of lines, each of them JSON."""
    return "".join(f"{json.dumps(row)}\n" for row in rows)
