"""One ordered dictionary says where each item is; a column looks itself up in it."""

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


class Column:
    def __init__(self, ledger: dict[str, str], column_id: str, name: str) -> None:
        self._ledger = ledger
        self._column_id = column_id
        self.title = name
        self.most: float = float("inf")

    @property
    def id(self) -> str:
        return self._column_id

    @property
    def name(self) -> str:
        return self.title

    @property
    def wip_limit(self) -> int | None:
        return None if self.most == float("inf") else int(self.most)

    @property
    def work_item_ids(self) -> tuple[str, ...]:
        return tuple(item for item, column in self._ledger.items() if column == self._column_id)

    def has_room(self) -> bool:
        return len(self.work_item_ids) + 1 <= self.most


class Board:
    def __init__(self, board_id: str, name: str, description: str) -> None:
        self._board_id = board_id
        self._columns: dict[str, Column] = {}
        self._ledger: dict[str, str] = {}
        self._over = False
        self.rename(name)
        self.describe(description)

    @property
    def id(self) -> str:
        return self._board_id

    @property
    def name(self) -> str:
        return self.check_in_use()._title

    @property
    def description(self) -> str:
        return self.check_in_use()._text

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(self.check_in_use()._columns.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Board) and self._board_id == other._board_id

    def __hash__(self) -> int:
        return hash(self._board_id)

    def check_in_use(self) -> "Board":
        if self._over:
            raise DiscardedEntityError("board", self._board_id)
        return self

    def rename(self, name: str) -> None:
        self.check_in_use()._title = _said(name)

    def describe(self, description: str) -> None:
        self.check_in_use()._text = _said(description)

    def discard(self) -> None:
        self.check_in_use()._over = True

    def column(self, column_id: str) -> Column:
        try:
            return self.check_in_use()._columns[column_id]
        except KeyError:
            raise ColumnNotFoundError(self._board_id, column_id) from None

    def column_named(self, name: str) -> Column:
        for column in self.columns:
            if column.title == name.strip():
                return column
        raise ColumnNotFoundError(self._board_id, name)

    def add_column(
        self, name: str, *, wip_limit: int | None = None, column_id: str | None = None
    ) -> Column:
        self.check_in_use()
        title, most = self._unused(name, None), _most(wip_limit)
        column = Column(self._ledger, column_id or str(uuid4()), title)
        column.most = most
        self._columns[column.id] = column
        return column

    def insert_column_before(
        self,
        following_id: str,
        name: str,
        *,
        wip_limit: int | None = None,
        column_id: str | None = None,
    ) -> Column:
        place = list(self._columns).index(self.column(following_id).id)
        added = self.add_column(name, wip_limit=wip_limit, column_id=column_id)
        order = [key for key in self._columns if key != added.id]
        order.insert(place, added.id)
        self._columns = {key: self._columns[key] for key in order}
        return added

    def rename_column(self, column_id: str, name: str) -> None:
        column = self.column(column_id)
        column.title = self._unused(name, column)

    def change_wip_limit(self, column_id: str, wip_limit: int | None) -> None:
        self.column(column_id).most = _most(wip_limit)

    def remove_column(self, column_id: str) -> None:
        column = self.column(column_id)
        if column.id in self._ledger.values():
            raise ConstraintError(f"{column.title} is not empty.")
        del self._columns[column.id]

    def schedule(self, item: WorkItem) -> None:
        self.check_in_use()
        if item.id in self._ledger:
            where = self._columns[self._ledger[item.id]].title
            raise ConstraintError(f"{item.id} hangs in {where} already.")
        first = next(iter(self.columns), None)
        if first is None:
            raise ConstraintError(f"{item.id} needs a column.")
        self._enter(first, item)

    def advance(self, item: WorkItem) -> None:
        source = self._source(item)
        _, *followers = list(self._columns)[list(self._columns).index(source.id) :]
        if not followers:
            raise ConstraintError(f"{source.title} ends the board for {item.id}.")
        self._enter(self._columns[followers[0]], item)

    def abandon(self, item: WorkItem) -> None:
        self._source(item)
        del self._ledger[item.id]

    def retire(self, item: WorkItem) -> None:
        source = self._source(item)
        if source is not self.columns[-1]:
            raise ConstraintError(f"{source.title} does not retire {item.id}.")
        del self._ledger[item.id]

    def _enter(self, column: Column, item: WorkItem) -> None:
        if not column.has_room():
            raise WorkLimitError(column.title, int(column.most), item.id)
        self._ledger.pop(item.id, None)
        self._ledger[item.id] = column.id

    def _source(self, item: WorkItem) -> Column:
        self.check_in_use()
        if item.id not in self._ledger:
            raise WorkItemNotFoundError(item.id, f"in {self._board_id}")
        return self._columns[self._ledger[item.id]]

    def _unused(self, name: str, own: Column | None) -> str:
        title = _said(name)
        if title in (column.title for column in self.columns if column is not own):
            raise ConstraintError(f"{title} is in use.")
        return title


def _said(text: str) -> str:
    if text.strip() == "":
        raise ValueError(f"{text!r} says nothing.")
    return text.strip()


def _most(wip_limit: int | None) -> float:
    if wip_limit is None:
        return float("inf")
    if type(wip_limit) is not int or wip_limit < 0:
        raise ValueError(f"{wip_limit!r} is not a number of items.")
    return wip_limit


def create_board(name: str, description: str, *, board_id: str | None = None) -> Board:
    return Board(board_id or uuid4().hex, name, description)
