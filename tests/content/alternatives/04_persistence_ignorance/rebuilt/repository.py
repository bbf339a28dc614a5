"""Rows, as a table would hold them; a board is built from its rows by what everybody can use."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import NamedTuple

from .board import Board, create_board
from .errors import BoardNotFoundError
from .work_item import register_work_item

__all__ = ["BoardRepository", "InMemoryBoardRepository"]


class BoardRepository(ABC):
    @abstractmethod
    def save(self, board: Board) -> None: ...

    @abstractmethod
    def remove(self, board_id: str) -> None: ...

    @abstractmethod
    def all(self) -> tuple[Board, ...]: ...

    def get(self, board_id: str) -> Board:
        by_id = {board.id: board for board in self.all()}
        if board_id in by_id:
            return by_id[board_id]
        raise BoardNotFoundError(board_id)

    def named(self, name: str) -> tuple[Board, ...]:
        def has_the_name(board: Board) -> bool:
            return board.name == name

        return self.matching(has_the_name)

    def matching(self, predicate: Callable[[Board], bool]) -> tuple[Board, ...]:
        return tuple([board for board in self.all() if predicate(board)])


class _ColumnRow(NamedTuple):
    column_id: str
    name: str
    wip_limit: int | None
    work_item_ids: tuple[str, ...]


class _BoardRow(NamedTuple):
    board_id: str
    name: str
    description: str
    columns: tuple[_ColumnRow, ...]

    @classmethod
    def of(cls, board: Board) -> "_BoardRow":
        columns = (_ColumnRow(c.id, c.name, c.wip_limit, c.work_item_ids) for c in board.columns)
        return cls(board.id, board.name, board.description, tuple(columns))

    def board(self) -> Board:
        board = create_board(self.name, self.description, board_id=self.board_id)
        for row in self.columns:
            board.add_column(row.name, column_id=row.column_id)
        for steps, row in reversed(list(enumerate(self.columns))):
            for work_item_id in row.work_item_ids:
                item = register_work_item("Any", work_item_id=work_item_id)
                board.schedule(item)
                for _ in range(steps):
                    board.advance(item)
        for row in self.columns:
            board.change_wip_limit(row.column_id, row.wip_limit)
        return board


class InMemoryBoardRepository(BoardRepository):
    def __init__(self) -> None:
        self.__rows: list[_BoardRow] = []

    def save(self, board: Board) -> None:
        new = _BoardRow.of(board)
        for place, row in enumerate(self.__rows):
            if row.board_id == board.id:
                self.__rows[place] = new
                return
        self.__rows.append(new)

    def remove(self, board_id: str) -> None:
        kept = [row for row in self.__rows if row.board_id != board_id]
        if len(kept) == len(self.__rows):
            raise BoardNotFoundError(board_id)
        self.__rows = kept

    def all(self) -> tuple[Board, ...]:
        return tuple(row.board() for row in self.__rows)
