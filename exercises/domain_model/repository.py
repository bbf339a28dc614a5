"""Where boards are kept: for its user, a collection of boards and nothing else."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from copy import deepcopy

from .board import Board
from .errors import BoardNotFoundError

__all__ = ["BoardRepository", "InMemoryBoardRepository"]


class BoardRepository(ABC):
    """A collection of boards, wherever it keeps them.

    What a repository gives out is the caller's own copy: it can be changed at will,
    and the collection knows of the change only when the board is saved.
    """

    @abstractmethod
    def save(self, board: Board) -> None:
        """Keep the board as it is now, in the place of an earlier state of it.

        Raises:
            DiscardedEntityError: The board was discarded.
        """

    @abstractmethod
    def remove(self, board_id: str) -> None:
        """Keep the board no longer.

        Raises:
            BoardNotFoundError: There is no board of this id.
        """

    @abstractmethod
    def all(self) -> tuple[Board, ...]:
        """Every board, in the order in which they were first saved."""

    def get(self, board_id: str) -> Board:  # step 4
        """Find a board by its id.

        Raises:
            BoardNotFoundError: There is no board of this id.
        """
        raise NotImplementedError("step 4: BoardRepository.get")

    def named(self, name: str) -> tuple[Board, ...]:  # step 4
        """Find the boards of this name; there may be none, or several."""
        raise NotImplementedError("step 4: BoardRepository.named")

    def matching(  # step 4
        self, predicate: Callable[[Board], bool]
    ) -> tuple[Board, ...]:
        """Find the boards for which the predicate holds, in the order of `all`."""
        raise NotImplementedError("step 4: BoardRepository.matching")


class InMemoryBoardRepository(BoardRepository):
    """Keeps boards while the program runs: enough for a test, and for today."""

    def __init__(self) -> None:  # step 4
        raise NotImplementedError("step 4: InMemoryBoardRepository.__init__")

    def save(self, board: Board) -> None:  # step 4
        """Keep a copy of the board as it is now; see `BoardRepository`."""
        raise NotImplementedError("step 4: InMemoryBoardRepository.save")

    def remove(self, board_id: str) -> None:  # step 4
        """Keep the board no longer; see `BoardRepository`."""
        raise NotImplementedError("step 4: InMemoryBoardRepository.remove")

    def all(self) -> tuple[Board, ...]:  # step 4
        """Copies of every board, in the order in which they were first saved."""
        raise NotImplementedError("step 4: InMemoryBoardRepository.all")
