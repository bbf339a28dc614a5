"""Boards as bytes, as a file would hold them: going in and coming out, each is a new board."""

import pickle
from abc import ABC, abstractmethod
from collections.abc import Callable

from .board import Board
from .errors import BoardNotFoundError

__all__ = ["BoardRepository", "InMemoryBoardRepository"]


class BoardRepository(ABC):
    @abstractmethod
    def save(self, board: Board) -> None: ...

    @abstractmethod
    def remove(self, board_id: str) -> None: ...

    @abstractmethod
    def all(self) -> tuple[Board, ...]: ...

    def get(self, board_id: str) -> Board:
        try:
            return next(board for board in self.all() if board.id == board_id)
        except StopIteration:
            raise BoardNotFoundError(board_id) from None

    def named(self, name: str) -> tuple[Board, ...]:
        return tuple(board for board in self.all() if board.name == name)

    def matching(self, predicate: Callable[[Board], bool]) -> tuple[Board, ...]:
        return tuple(filter(predicate, self.all()))


class InMemoryBoardRepository(BoardRepository):
    def __init__(self) -> None:
        self._pickles: dict[str, bytes] = {}

    def save(self, board: Board) -> None:
        board.name  # noqa: B018 - refuses if the board was discarded
        self._pickles[board.id] = pickle.dumps(board)

    def remove(self, board_id: str) -> None:
        try:
            self._pickles.pop(board_id)
        except KeyError as missing:
            raise BoardNotFoundError(board_id) from missing

    def get(self, board_id: str) -> Board:
        if board_id in self._pickles:
            return pickle.loads(self._pickles[board_id])
        raise BoardNotFoundError(board_id)

    def all(self) -> tuple[Board, ...]:
        return tuple(map(pickle.loads, self._pickles.values()))
