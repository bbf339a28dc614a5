"""Columns that never change, in a dictionary by id: a changed column is another value."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from .errors import ColumnNotFoundError, ConstraintError, DiscardedEntityError

__all__ = ["Board", "Column", "create_board"]


@dataclass(frozen=True, kw_only=True)
class Column:
    id: str
    name: str
    wip_limit: int | None
    work_item_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", _said(self.name))
        match self.wip_limit:
            case bool() | float() | str():
                raise ValueError(f"no limit: {self.wip_limit!r}")
            case int(limit) if limit < 0:
                raise ValueError(f"no limit: {limit}")


class Board:
    def __init__(self, who: str, name: str, description: str) -> None:
        self.id = who
        self._texts = (_said(name), _said(description))
        self._row: dict[str, Column] | None = {}

    def discard(self) -> None:
        self._in_use()
        self._row = None

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*self._in_use().values(),)

    def column(self, column_id: str) -> Column:
        return self._find(lambda column: column.id == column_id, column_id)

    def column_named(self, name: str) -> Column:
        return self._find(lambda column: column.name == name.strip(), name)

    def add_column(self, name: str, **details: Any) -> Column:
        return self._insert(len(self._in_use()), name, **details)

    def insert_column_before(self, following_id: str, name: str, **details: Any) -> Column:
        self.column(following_id)
        return self._insert(list(self._in_use()).index(following_id), name, **details)

    def rename_column(self, column_id: str, name: str) -> None:
        self._put(replace(self.column(column_id), name=name))

    def change_wip_limit(self, column_id: str, wip_limit: int | None) -> None:
        self._put(replace(self.column(column_id), wip_limit=wip_limit))

    def remove_column(self, column_id: str) -> None:
        if self.column(column_id).work_item_ids:
            raise ConstraintError(f"{column_id!r} is not empty")
        del self._in_use()[column_id]

    def _insert(
        self, place: int, name: str, *, wip_limit: int | None = None, column_id: str | None = None
    ) -> Column:
        if column_id in self._in_use():
            raise ConstraintError(f"taken: the id {column_id}")
        column = Column(id=column_id or uuid4().hex, name=name, wip_limit=wip_limit)
        self._put(column)
        others = [(key, value) for key, value in self._in_use().items() if key != column.id]
        self._row = dict([*others[:place], (column.id, column), *others[place:]])
        return column

    def _put(self, column: Column) -> None:
        for other in self._in_use().values():
            if other.name == column.name and other.id != column.id:
                raise ConstraintError(f"taken: the name {column.name}")
        self._in_use()[column.id] = column

    def _find(self, wanted: Callable[[Column], bool], said: str) -> Column:
        for column in self._in_use().values():
            if wanted(column):
                return column
        raise ColumnNotFoundError(self.id, said)

    def _in_use(self) -> dict[str, Column]:
        if self._row is None:
            raise DiscardedEntityError("board", self.id)
        return self._row


def create_board(name: str, description: str, *, board_id: str | None = None) -> Board:
    return Board(board_id or uuid4().hex, name, description)


def _said(text: str) -> str:
    if not text or text.isspace():
        raise ValueError(f"blank: {text!r}")
    return text.strip()
