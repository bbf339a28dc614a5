"""A list of all that was ever saved, the newest last; nothing in it is overwritten."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from copy import deepcopy

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
        match self.matching(lambda board: board.id == board_id):
            case (board,):
                return board
            case _:
                raise BoardNotFoundError(board_id)

    def named(self, name: str) -> tuple[Board, ...]:
        return self.matching(lambda board: name == board.name)

    def matching(self, predicate: Callable[[Board], bool]) -> tuple[Board, ...]:
        found = []
        for board in self.all():
            if predicate(board):
                found.append(board)
        return (*found,)


class InMemoryBoardRepository(BoardRepository):
    def __init__(self) -> None:
        self.states: list[tuple[str, Board | None]] = []

    def save(self, board: Board) -> None:
        board.check_in_use()
        self.states += [(board.id, deepcopy(board))]

    def remove(self, board_id: str) -> None:
        self.get(board_id)
        self.states += [(board_id, None)]

    def all(self) -> tuple[Board, ...]:
        return tuple(deepcopy(list(self._latest())))

    def _latest(self) -> Iterator[Board]:
        latest: dict[str, Board] = {}
        for board_id, board in self.states:
            if board is None:
                del latest[board_id]
            else:
                latest[board_id] = board
        yield from latest.values()
