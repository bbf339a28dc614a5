"""A board that remembers its rows, the latest last: a command makes a row, checks it, keeps it."""

from typing import NamedTuple
from uuid import uuid4

from .errors import ColumnNotFoundError, ConstraintError, DiscardedEntityError

__all__ = ["Board", "Column", "create_board"]


class Column(NamedTuple):
    id: str
    name: str
    wip_limit: int | None
    work_item_ids: tuple[str, ...] = ()


class _Row(tuple[Column, ...]):
    """Columns that are valid together; there is no other way to make it."""

    def __new__(cls, columns: list[Column]) -> "_Row":
        row = [column._replace(name=column.name.strip()) for column in columns]
        for place, column in enumerate(row):
            limit = column.wip_limit
            if not column.name:
                raise ValueError(f"The column {column.id} has no name.")
            if limit is not None and (type(limit) is not int or limit < 0):
                raise ValueError(f"The column {column.id} has the limit {limit}.")
            for other in row[:place]:
                if other.name == column.name or other.id == column.id:
                    raise ConstraintError(f"{other} and {column} do not go together.")
        return super().__new__(cls, row)


class Board:
    def __init__(self, board_id: str, name: str, description: str) -> None:
        self.id = board_id
        self.name = name
        self.description = description
        self._rows: list[_Row | None] = [_Row([])]

    def discard(self) -> None:
        self._rows = [*self._rows, None] if self.columns is not None else []

    @property
    def columns(self) -> _Row:
        latest = self._rows[-1]
        if latest is None:
            raise DiscardedEntityError("board", self.id)
        return latest

    def column(self, column_id: str) -> Column:
        return self.columns[self._place(column_id)]

    def column_named(self, name: str) -> Column:
        found = [column for column in self.columns if column.name == name.strip()]
        if not found:
            raise ColumnNotFoundError(self.id, name)
        return found[0]

    def add_column(
        self, name: str, *, wip_limit: int | None = None, column_id: str | None = None
    ) -> Column:
        new = Column(column_id or str(uuid4()), name, wip_limit)
        self._rows.append(_Row([*self.columns, new]))
        return self.column(new.id)

    def insert_column_before(
        self,
        following_id: str,
        name: str,
        *,
        wip_limit: int | None = None,
        column_id: str | None = None,
    ) -> Column:
        place = self._place(following_id)
        new = Column(column_id or str(uuid4()), name, wip_limit)
        self._rows.append(_Row([*self.columns[:place], new, *self.columns[place:]]))
        return self.column(new.id)

    def rename_column(self, column_id: str, name: str) -> None:
        self._replace(column_id, self.column(column_id)._replace(name=name))

    def change_wip_limit(self, column_id: str, wip_limit: int | None) -> None:
        self._replace(column_id, self.column(column_id)._replace(wip_limit=wip_limit))

    def remove_column(self, column_id: str) -> None:
        if self.column(column_id).work_item_ids:
            raise ConstraintError(f"The column {column_id} is in use.")
        self._replace(column_id)

    def _replace(self, column_id: str, *columns: Column) -> None:
        place = self._place(column_id)
        row = [*self.columns[:place], *columns, *self.columns[place + 1 :]]
        self._rows.append(_Row(row))

    def _place(self, column_id: str) -> int:
        for place, column in enumerate(self.columns):
            if column.id == column_id:
                return place
        raise ColumnNotFoundError(self.id, column_id)


def create_board(name: str, description: str, *, board_id: str | None = None) -> Board:
    return Board(board_id or str(uuid4()), name, description)
