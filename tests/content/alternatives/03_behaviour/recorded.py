"""A board that remembers what happened to it and works out the present: the second part's way."""

from typing import NamedTuple
from uuid import uuid4

from .errors import (
    ColumnNotFoundError,
    ConstraintError,
    DiscardedEntityError,
    WorkItemNotFoundError,
    WorkLimitError,
)
from .work_item import WorkItem

__all__ = ["Board", "Column", "create_board"]


class Column(NamedTuple):
    id: str
    name: str
    wip_limit: int | None
    work_item_ids: tuple[str, ...]


class Board:
    def __init__(self, board_id: str, name: str, description: str) -> None:
        self._board_id = board_id
        self._history: list[tuple[object, ...]] = []
        self.rename(name)
        self.describe(description)

    @property
    def id(self) -> str:
        return self._board_id

    @property
    def name(self) -> object:
        return self._latest("renamed")

    @property
    def description(self) -> object:
        return self._latest("described")

    @property
    def columns(self) -> tuple[Column, ...]:
        self.check_in_use()
        row: list[Column] = []
        for what, *facts in self._history:
            match what, facts:
                case "column added", [place, column]:
                    row.insert(place, column)
                case "column changed", [column_id, changes]:
                    row = [c._replace(**changes) if c.id == column_id else c for c in row]
                case "column removed", [column_id]:
                    row = [c for c in row if c.id != column_id]
                case "item placed", [item_id, column_id]:
                    row = [_placed(c, item_id, column_id) for c in row]
        return tuple(row)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Board) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    def check_in_use(self) -> None:
        if ("discarded",) in self._history:
            raise DiscardedEntityError("board", self.id)

    def rename(self, name: str) -> None:
        self._record("renamed", _text(name))

    def describe(self, description: str) -> None:
        self._record("described", _text(description))

    def discard(self) -> None:
        self._record("discarded")

    def column(self, column_id: str) -> Column:
        return self._column(0, column_id, column_id)

    def column_named(self, name: str) -> Column:
        return self._column(1, name.strip(), name)

    def add_column(
        self, name: str, *, wip_limit: int | None = None, column_id: str | None = None
    ) -> Column:
        return self._add(len(self.columns), name, wip_limit, column_id)

    def insert_column_before(
        self,
        following_id: str,
        name: str,
        *,
        wip_limit: int | None = None,
        column_id: str | None = None,
    ) -> Column:
        place = self.columns.index(self.column(following_id))
        return self._add(place, name, wip_limit, column_id)

    def rename_column(self, column_id: str, name: str) -> None:
        name, column = _text(name), self.column(column_id)
        if name != column.name:
            self._check_free(name)
        self._record("column changed", column_id, {"name": name})

    def change_wip_limit(self, column_id: str, wip_limit: int | None) -> None:
        changes = {"wip_limit": _limit(wip_limit)}
        self._record("column changed", self.column(column_id).id, changes)

    def remove_column(self, column_id: str) -> None:
        if self.column(column_id).work_item_ids:
            raise ConstraintError(f"{self.column(column_id)} is not empty.")
        self._record("column removed", column_id)

    def schedule(self, item: WorkItem) -> None:
        if not self.columns:
            raise ConstraintError(f"{item.id} cannot go anywhere.")
        if any(item.id in column.work_item_ids for column in self.columns):
            raise ConstraintError(f"{item.id} is there already: {self._place(item)}")
        self._bring(item, self.columns[0])

    def advance(self, item: WorkItem) -> None:
        self._bring(item, self._place(item).following(item))

    def abandon(self, item: WorkItem) -> None:
        self._place(item)
        self._record("item placed", item.id, None)

    def retire(self, item: WorkItem) -> None:
        place = self._place(item)
        if place.after:
            raise ConstraintError(f"{item.id} has to advance further: {place}")
        self._record("item placed", item.id, None)

    def _bring(self, item: WorkItem, column: Column) -> None:
        if column.wip_limit is not None and column.wip_limit - len(column.work_item_ids) < 1:
            raise WorkLimitError(column.name, column.wip_limit, item.id)
        self._record("item placed", item.id, column.id)

    def _place(self, item: WorkItem) -> "_Place":
        after = list(self.columns)
        while after:
            column = after.pop(0)
            if item.id in column.work_item_ids:
                return _Place(column, tuple(after))
        raise WorkItemNotFoundError(item.id, "")

    def _add(self, place: int, name: str, limit: int | None, column_id: str | None) -> Column:
        column = Column(column_id or str(uuid4()), _text(name), _limit(limit), ())
        self._check_free(column.name)
        self._record("column added", place, column)
        return column

    def _check_free(self, name: str) -> None:
        if any(column.name == name for column in self.columns):
            raise ConstraintError(f"There is a column {name} already.")

    def _column(self, field: int, value: str, asked: str) -> Column:
        for column in self.columns:
            if column[field] == value:
                return column
        raise ColumnNotFoundError(self.id, asked)

    def _record(self, *facts: object) -> None:
        self.check_in_use()
        self._history.append(facts)

    def _latest(self, what: str) -> object:
        self.check_in_use()
        return next(facts[1] for facts in reversed(self._history) if facts[0] == what)


class _Place(NamedTuple):
    column: Column
    after: tuple[Column, ...]

    def following(self, item: WorkItem) -> Column:
        if not self.after:
            raise ConstraintError(f"{item.id} is at the end: {self}")
        return self.after[0]


def _placed(column: Column, item_id: str, column_id: str | None) -> Column:
    left = tuple(there for there in column.work_item_ids if there != item_id)
    arrived = (item_id,) if column.id == column_id else ()
    return column._replace(work_item_ids=left + arrived)


def _text(text: str) -> str:
    if stripped := text.strip():
        return stripped
    raise ValueError(f"Blank: {text!r}")


def _limit(limit: object) -> object:
    match limit:
        case bool():
            raise ValueError(f"{limit} is no number.")
        case None:
            return None
        case int() if limit >= 0:
            return limit
    raise ValueError(f"{limit!r} is no limit.")


def create_board(name: str, description: str, *, board_id: str | None = None) -> Board:
    return Board(str(uuid4()) if board_id is None else board_id, name, description)
