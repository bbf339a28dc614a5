"""Columns are values: a command works out the next row of columns, and assigns it at the end."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True)
class Column:
    id: str
    name: str = field(compare=False)
    wip_limit: int | None = field(compare=False)
    work_item_ids: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError(f"A column has a name, and {self.name!r} is blank.")
        if self.wip_limit is not None and (type(self.wip_limit) is not int or self.wip_limit < 0):
            raise ValueError(f"{self.wip_limit!r} is no limit.")

    def with_item(self, item: WorkItem) -> "Column":
        if self.wip_limit is not None and not len(self.work_item_ids) < self.wip_limit:
            raise WorkLimitError(self.name, self.wip_limit, item.id)
        return replace(self, work_item_ids=(*self.work_item_ids, item.id))

    def without_item(self, item: WorkItem) -> "Column":
        left = tuple(there for there in self.work_item_ids if there != item.id)
        return replace(self, work_item_ids=left)


class Board:
    def __init__(self, board_id: str, name: str, description: str) -> None:
        self.__id = board_id
        self.__row: tuple[Column, ...] | None = ()
        self.rename(name)
        self.describe(description)

    @property
    def id(self) -> str:
        return self.__id

    @property
    def name(self) -> str:
        self.check_in_use()
        return self.__name

    @property
    def description(self) -> str:
        self.check_in_use()
        return self.__description

    @property
    def columns(self) -> tuple[Column, ...]:
        if self.__row is None:
            raise DiscardedEntityError("board", self.__id)
        return self.__row

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Board) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    def check_in_use(self) -> None:
        self.columns  # noqa: B018 - it refuses

    def rename(self, name: str) -> None:
        self.check_in_use()
        if not name.strip():
            raise ValueError(f"{name!r} is blank")
        self.__name = name.strip()

    def describe(self, description: str) -> None:
        self.check_in_use()
        if not description.strip():
            raise ValueError(f"{description!r} is blank")
        self.__description = description.strip()

    def discard(self) -> None:
        self.check_in_use()
        self.__row = None

    def column(self, column_id: str) -> Column:
        return self.__the(lambda column: column.id == column_id, column_id)

    def column_named(self, name: str) -> Column:
        return self.__the(lambda column: column.name == name.strip(), name)

    def add_column(
        self, name: str, *, wip_limit: int | None = None, column_id: str | None = None
    ) -> Column:
        added = Column(column_id or str(uuid4()), name.strip(), wip_limit)
        self.__arrange(*self.columns, added)
        return added

    def insert_column_before(
        self,
        following_id: str,
        name: str,
        *,
        wip_limit: int | None = None,
        column_id: str | None = None,
    ) -> Column:
        place = self.columns.index(self.column(following_id))
        added = Column(column_id or str(uuid4()), name.strip(), wip_limit)
        self.__arrange(*self.columns[:place], added, *self.columns[place:])
        return added

    def rename_column(self, column_id: str, name: str) -> None:
        self.__exchange(replace(self.column(column_id), name=name.strip()))

    def change_wip_limit(self, column_id: str, wip_limit: int | None) -> None:
        self.__exchange(replace(self.column(column_id), wip_limit=wip_limit))

    def remove_column(self, column_id: str) -> None:
        removed = self.column(column_id)
        if removed.work_item_ids:
            raise ConstraintError(f"{removed.name} holds {removed.work_item_ids}")
        self.__arrange(*(column for column in self.columns if column != removed))

    def schedule(self, item: WorkItem) -> None:
        match self.columns:
            case ():
                raise ConstraintError(f"{item.id}: where to?")
            case first, *_:
                already = [each.name for each in self.columns if item.id in each.work_item_ids]
                if already:
                    raise ConstraintError(f"{item.id} is in {already}.")
                self.__exchange(first.with_item(item))

    def advance(self, item: WorkItem) -> None:
        source = self.__column_of(item)
        following = dict(zip(self.columns, self.columns[1:], strict=False)).get(source)
        if following is None:
            raise ConstraintError(f"Behind {source.name} there is nothing for {item.id}.")
        self.__exchange(source.without_item(item), following.with_item(item))

    def abandon(self, item: WorkItem) -> None:
        self.__exchange(self.__column_of(item).without_item(item))

    def retire(self, item: WorkItem) -> None:
        *before, last = self.columns or (None,)
        source = self.__column_of(item)
        if source in before:
            raise ConstraintError(f"{item.id} is in {source.name} still, and not in {last}.")
        self.__exchange(source.without_item(item))

    def __the(self, wanted: Callable[[Column], bool], what: str) -> Column:
        for column in filter(wanted, self.columns):
            return column
        raise ColumnNotFoundError(self.id, what)

    def __column_of(self, item: WorkItem) -> Column:
        for column in self.columns:
            if item.id in column.work_item_ids:
                return column
        raise WorkItemNotFoundError(item.id, "anywhere")

    def __exchange(self, *changed: Column) -> None:
        new = {column.id: column for column in changed}
        self.__arrange(*(new.get(column.id, column) for column in self.columns))

    def __arrange(self, *row: Column) -> None:
        names = [column.name for column in row]
        if len(set(names)) < len(names):
            raise ConstraintError(f"One name, two columns: {names}")
        self.__row = row


def create_board(name: str, description: str, *, board_id: str | None = None) -> Board:
    return Board(board_id or str(uuid4()), name, description)
