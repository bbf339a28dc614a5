"""A board that notes where each item is, and makes its columns when it is asked for them."""

from types import SimpleNamespace
from uuid import uuid4

from .errors import (
    ColumnNotFoundError,
    ConstraintError,
    DiscardedEntityError,
    WorkItemNotFoundError,
    WorkLimitError,
)
from .events import (
    BoardCreated,
    BoardDescribed,
    BoardDiscarded,
    BoardEvent,
    BoardRenamed,
    ColumnAdded,
    ColumnInserted,
    ColumnRemoved,
    ColumnRenamed,
    WipLimitChanged,
    WorkItemAbandoned,
    WorkItemAdvanced,
    WorkItemRetired,
    WorkItemScheduled,
)
from .work_item import WorkItem

__all__ = ["Board", "Column", "create_board"]


class Column:
    def __init__(self, told: tuple[str, str, int | None], work_item_ids: list[str]) -> None:
        self.id, self.name, self.wip_limit = told
        self.work_item_ids = work_item_ids


class Board:
    def __init__(self) -> None:
        self._about = SimpleNamespace(id="", name="", description="", discarded=False)
        self._row: list[tuple[str, str, int | None]] = []
        self._where: dict[str, str] = {}  # the column of each item, latest arrival last
        self._pending: list[BoardEvent] = []
        self._version = 0

    @property
    def columns(self) -> tuple[Column, ...]:
        self.check_in_use()
        return tuple(
            Column(told, [item for item, place in self._where.items() if place == told[0]])
            for told in self._row
        )

    def apply(self, event: BoardEvent) -> None:
        ids = [column_id for column_id, _, _ in self._row]
        if isinstance(event, BoardCreated):
            self._about.id = event.board_id
            self._about.name, self._about.description = event.name, event.description
        elif isinstance(event, BoardRenamed):
            self._about.name = event.name
        elif isinstance(event, BoardDescribed):
            self._about.description = event.description
        elif isinstance(event, BoardDiscarded):
            self._about.discarded = True
        elif isinstance(event, ColumnAdded | ColumnInserted):
            place = len(ids)
            if isinstance(event, ColumnInserted):
                place = ids.index(event.following_id)
            self._row.insert(place, (event.column_id, event.name, event.wip_limit))
        elif isinstance(event, ColumnRenamed):
            place = ids.index(event.column_id)
            self._row[place] = (event.column_id, event.name, self._row[place][2])
        elif isinstance(event, WipLimitChanged):
            place = ids.index(event.column_id)
            self._row[place] = (event.column_id, self._row[place][1], event.wip_limit)
        elif isinstance(event, ColumnRemoved):
            del self._row[ids.index(event.column_id)]
        elif isinstance(event, WorkItemScheduled):
            self._where[event.work_item_id] = event.column_id
        elif isinstance(event, WorkItemAdvanced):
            del self._where[event.work_item_id]
            self._where[event.work_item_id] = event.to_column_id
        elif isinstance(event, WorkItemAbandoned | WorkItemRetired):
            del self._where[event.work_item_id]
        else:
            raise AssertionError(f"{event} is no event of a board")

    @property
    def version(self) -> int:
        return self._version

    @property
    def pending(self) -> tuple[BoardEvent, ...]:
        return tuple(self._pending)

    def mark_saved(self) -> None:
        self._pending = []

    def record(self, event: BoardEvent) -> None:
        self.apply(event)
        self._pending = [*self._pending, event]
        self._version = self._version + 1

    @property
    def id(self) -> str:
        return self._about.id

    @property
    def name(self) -> str:
        self.check_in_use()
        return self._about.name

    @property
    def description(self) -> str:
        self.check_in_use()
        return self._about.description

    def check_in_use(self) -> None:
        if self._about.discarded:
            raise DiscardedEntityError("board", self.id)

    def column(self, column_id: str) -> Column:
        for column in self.columns:
            if column.id == column_id:
                return column
        raise ColumnNotFoundError(self.id, column_id)

    def column_named(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name.strip():
                return column
        raise ColumnNotFoundError(self.id, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Board) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    def rename(self, name: str) -> None:
        if checked_text(name) != self.name:
            self.record(BoardRenamed(name=checked_text(name)))

    def describe(self, description: str) -> None:
        if checked_text(description) != self.description:
            self.record(BoardDescribed(description=checked_text(description)))

    def discard(self) -> None:
        self.check_in_use()
        self.record(BoardDiscarded())

    def add_column(self, name, *, wip_limit=None, column_id=None) -> Column:
        values = self._new_column(name, wip_limit, column_id)
        self.record(ColumnAdded(**values))
        return self.column(values["column_id"])

    def insert_column_before(
        self, following_id, name, *, wip_limit=None, column_id=None
    ) -> Column:
        following = self.column(following_id)
        values = self._new_column(name, wip_limit, column_id)
        self.record(ColumnInserted(following_id=following.id, **values))
        return self.column(values["column_id"])

    def _new_column(self, name, wip_limit, column_id):
        if column_id in [column.id for column in self.columns]:
            raise ConstraintError(f"There is a column {column_id!r} already.")
        return {
            "column_id": str(uuid4()) if column_id is None else column_id,
            "name": self._free_name(name),
            "wip_limit": checked_limit(wip_limit),
        }

    def _free_name(self, name: str) -> str:
        name = checked_text(name)
        if name in [column.name for column in self.columns]:
            raise ConstraintError(f"There is a column called {name!r} already.")
        return name

    def rename_column(self, column_id: str, name: str) -> None:
        if self.column(column_id).name == name.strip():
            return
        self.record(ColumnRenamed(column_id=column_id, name=self._free_name(name)))

    def change_wip_limit(self, column_id: str, wip_limit: int | None) -> None:
        column = self.column(column_id)
        if column.wip_limit != checked_limit(wip_limit):
            self.record(WipLimitChanged(column_id=column_id, wip_limit=wip_limit))

    def remove_column(self, column_id: str) -> None:
        if self.column(column_id).work_item_ids:
            raise ConstraintError(f"The column {column_id!r} holds items.")
        self.record(ColumnRemoved(column_id=column_id))

    def schedule(self, item: WorkItem) -> None:
        there = [c.name for c in self.columns if item.id in c.work_item_ids]
        if there or not self.columns:
            raise ConstraintError(f"{item.id!r} cannot be scheduled: {there or None}.")
        first, *_ = self.columns
        self._look_for_room(first, item)
        self.record(WorkItemScheduled(work_item_id=item.id, column_id=first.id))

    def advance(self, item: WorkItem) -> None:
        place = self._place_of(item)
        pair = self.columns[place : place + 2]
        if len(pair) == 1:
            raise ConstraintError(f"{item.id!r} is in {pair[0].name!r}, the last one.")
        self._look_for_room(pair[1], item)
        moved = {"from_column_id": pair[0].id, "to_column_id": pair[1].id}
        self.record(WorkItemAdvanced(work_item_id=item.id, **moved))

    def abandon(self, item: WorkItem) -> None:
        column = self.columns[self._place_of(item)]
        self.record(WorkItemAbandoned(work_item_id=item.id, column_id=column.id))

    def retire(self, item: WorkItem) -> None:
        place = self._place_of(item)
        column = self.columns[place]
        if self.columns[place + 1 :]:
            raise ConstraintError(f"{item.id!r} is in {column.name!r}, not the last.")
        self.record(WorkItemRetired(work_item_id=item.id, column_id=column.id))

    def _place_of(self, item: WorkItem) -> int:
        for place, column in enumerate(self.columns):
            if item.id in column.work_item_ids:
                return place
        raise WorkItemNotFoundError(item.id, "on the board")

    def _look_for_room(self, column: Column, item: WorkItem) -> None:
        limit = column.wip_limit
        if limit is not None and len(column.work_item_ids) >= limit:
            raise WorkLimitError(column.name, limit, item.id)


def create_board(name: str, description: str, *, board_id: str | None = None) -> Board:
    board = Board()
    created = BoardCreated(
        board_id=board_id or str(uuid4()),
        name=checked_text(name),
        description=checked_text(description),
    )
    board.record(created)
    return board


def checked_text(text: str) -> str:
    if not text.strip():
        raise ValueError(f"{text!r} says nothing.")
    return text.strip()


def checked_limit(limit: int | None) -> int | None:
    if limit is not None and (type(limit) is not int or limit < 0):
        raise ValueError(f"{limit!r} is no limit.")
    return limit
