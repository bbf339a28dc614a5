"""Columns that know the one to their right, and change themselves; the answer is a new list."""

from collections.abc import Iterator
from uuid import uuid4

from .errors import ColumnNotFoundError, ConstraintError, DiscardedEntityError

__all__ = ["Board", "Column", "create_board"]


class Column:
    __slots__ = ("id", "items", "limit", "right", "title")

    def __init__(self, column_id: str | None) -> None:
        self.id = str(uuid4()) if column_id is None else column_id
        self.title = ""
        self.limit: int | None = None
        self.items: list[str] = []
        self.right: Column | None = None

    @property
    def name(self) -> str:
        return self.title

    @property
    def wip_limit(self) -> int | None:
        return self.limit

    @property
    def work_item_ids(self) -> tuple[str, ...]:
        return tuple(self.items)

    def call(self, name: str, board: "Board") -> None:
        name = name.strip()
        if name == "":
            raise ValueError("A column has a name.")
        if any(other is not self and other.title == name for other in board.walk()):
            raise ConstraintError(f"<{name}> is the name of another column.")
        self.title = name

    def take_at_most(self, limit: int | None) -> None:
        if limit is None:
            self.limit = None
        elif type(limit) is int and limit > -1:
            self.limit = limit
        else:
            raise ValueError(f"At most {limit}?")


class Board:
    def __init__(self, board_id: str) -> None:
        self.id = board_id
        self.gone = False
        self.head = Column("")  # never shown: it stands to the left of the first column

    def discard(self) -> None:
        self.walk()
        self.gone = True

    def walk(self) -> Iterator[Column]:
        if self.gone:
            raise DiscardedEntityError("board", self.id)
        return self._to_the_right()

    def _to_the_right(self) -> Iterator[Column]:
        column = self.head.right
        while column is not None:
            yield column
            column = column.right

    @property
    def columns(self) -> list[Column]:
        return list(self.walk())

    def column(self, column_id: str) -> Column:
        found = next((column for column in self.walk() if column.id == column_id), None)
        if found is None:
            raise ColumnNotFoundError(self.id, column_id)
        return found

    def column_named(self, name: str) -> Column:
        for column in self.walk():
            if column.title == name.strip():
                return column
        raise ColumnNotFoundError(self.id, name)

    def add_column(
        self, name: str, *, wip_limit: int | None = None, column_id: str | None = None
    ) -> Column:
        return self._hang_in(None, name, wip_limit, column_id)

    def insert_column_before(
        self,
        following_id: str,
        name: str,
        *,
        wip_limit: int | None = None,
        column_id: str | None = None,
    ) -> Column:
        return self._hang_in(self.column(following_id), name, wip_limit, column_id)

    def rename_column(self, column_id: str, name: str) -> None:
        self.column(column_id).call(name, self)

    def change_wip_limit(self, column_id: str, wip_limit: int | None) -> None:
        self.column(column_id).take_at_most(wip_limit)

    def remove_column(self, column_id: str) -> None:
        column = self.column(column_id)
        if len(column.items) > 0:
            raise ConstraintError(f"There is something in {column.title}.")
        self._left_of(column).right = column.right

    def _hang_in(
        self, right: Column | None, name: str, wip_limit: int | None, column_id: str | None
    ) -> Column:
        column = Column(column_id)
        if column.id in [other.id for other in self.walk()]:
            raise ConstraintError(f"<{column_id}> is the id of another column.")
        column.call(name, self)
        column.take_at_most(wip_limit)
        self._left_of(right).right, column.right = column, right
        return column

    def _left_of(self, right: Column | None) -> Column:
        column = self.head
        while column.right is not right:
            assert column.right is not None
            column = column.right
        return column


def create_board(name: str, description: str, *, board_id: str | None = None) -> Board:
    if name.strip() == "" or description.strip() == "":
        raise ValueError("A board has a name and a description.")
    return Board(str(uuid4()) if board_id is None else board_id)
