"""Snapshots: boards that need not be replayed from their first event.

A snapshot is the state of a board at some version, kept beside the store. It is a
cache. Whatever is wrong with it, the events are the truth: it can be thrown away.
"""

import json
from collections.abc import MutableMapping
from typing import Any

from .board import Board, Column
from .event_store import SqliteEventStore
from .repository import BoardRepository

__all__ = ["STATE_SCHEMA", "SnapshotRepository", "board_from", "state_of"]

STATE_SCHEMA = 1
"""What a state looks like and means; a change of `state_of` or of `apply` adds 1."""


def state_of(board: Board) -> dict[str, Any]:  # step 16
    """Give all that a board is, as values that JSON can hold.

    A discarded board has a state, too. What is pending is no part of it.
    """
    return {
        "id": board._id,
        "name": board._name,
        "description": board._description,
        "discarded": board._discarded,
        "version": board._version,
        "columns": [
            [column.id, column.name, column.wip_limit, list(column.work_item_ids)]
            for column in board._columns
        ],
    }


def board_from(state: dict[str, Any]) -> Board:  # step 16
    """Make the board of which this is the state; nothing of it is pending."""
    board = Board()
    board._id = state["id"]
    board._name = state["name"]
    board._description = state["description"]
    board._discarded = state["discarded"]
    board._version = state["version"]
    for column_id, name, wip_limit, work_item_ids in state["columns"]:
        column = Column(column_id, name, wip_limit)
        column._work_item_ids = list(work_item_ids)
        board._columns.append(column)
    return board


class SnapshotRepository(BoardRepository):
    """A repository that begins a replay where an earlier one ended.

    Args:
        store: Where the events are.
        cache: Where the snapshots are, by the board's id: a dictionary, or a file such
            as `dbm.open(path, "c")`. It can be emptied at any time.
        every: So many events are replayed at most before a new snapshot is taken.
    """

    def __init__(
        self,
        store: SqliteEventStore,
        cache: MutableMapping[str, bytes],
        *,
        every: int = 100,
    ) -> None:
        super().__init__(store)
        self._cache = cache
        self._every = every

    def current(self, board_id: str) -> Board:  # step 16
        """Load a board: its snapshot, and then the events since.

        A snapshot that is missing, cannot be read, has another schema, or was taken of
        another history does not count: then the whole history is replayed. After
        `every` events or more, a new snapshot is taken.

        Raises:
            BoardNotFoundError: Nothing was ever recorded of such a board.
        """
        board = self._from_snapshot(board_id)
        if board is None:
            board = super().current(board_id)
            replayed = board.version
        else:
            replayed = 0
            for stored in self._store.read(
                f"board-{board_id}", after=board.version
            ):
                board.apply(stored.event)  # type: ignore[arg-type]  # a board's stream
                board._version += 1
                replayed += 1
        if replayed >= self._every:
            self._keep(board)
        return board

    def _from_snapshot(self, board_id: str) -> Board | None:  # step 16 (helper)
        try:
            schema, position, state = json.loads(self._cache[board_id])
            board = board_from(state)
            if (schema, position) == (STATE_SCHEMA, self._position_of(board)):
                return board
        except Exception:  # a cache that is broken takes nothing away
            return None
        return None

    def _keep(self, board: Board) -> None:  # step 16 (helper)
        snapshot = [STATE_SCHEMA, self._position_of(board), state_of(board)]
        self._cache[board.id] = json.dumps(snapshot).encode()

    def _position_of(self, board: Board) -> int | None:  # step 16 (helper)
        """Where the store has the last event of the board's version."""
        last = self._store.read(f"board-{board.id}", after=board.version - 1)
        return next((stored.position for stored in last), None)
