"""A board that nobody holds: it is in a store, and comes out for one question or one command.

`test_same_behaviour.py` lets the first part's tests have it for a board.
"""

from typing import Any

from solutions.event_sourced import Board, BoardRepository, SqliteEventStore, kanban_codec
from solutions.event_sourced import create_board as create_unkept_board

__all__ = ["create_board"]


class KeptBoard:
    """Loads the board whenever it is asked for anything, and saves it after every command."""

    def __init__(self, board: Board) -> None:
        self._boards = BoardRepository(SqliteEventStore(":memory:", kanban_codec()))
        self._board_id = board.id
        self._boards.save(board)

    def __getattr__(self, name: str) -> Any:
        if not callable(getattr(Board, name)):
            return getattr(self._boards.get(self._board_id), name)

        def load_decide_save(*args: Any, **options: Any) -> Any:
            board = self._boards.get(self._board_id)
            answer = getattr(board, name)(*args, **options)
            self._boards.save(board)
            return answer

        return load_decide_save


def create_board(name: str, description: str, *, board_id: str | None = None) -> KeptBoard:
    """Make a new board, as the package does, and keep it at once."""
    return KeptBoard(create_unkept_board(name, description, board_id=board_id))
