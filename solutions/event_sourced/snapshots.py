"""Snapshots: boards that need not be replayed from their first event.

A snapshot is the state of a board at some version, kept beside the store. It is a
cache. Whatever is wrong with it, the events are the truth: it can be thrown away.
"""

import json
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

from workshop.eventsourcing import Event, StoredEvent

from .board import Board, Column
from .event_store import SqliteEventStore
from .repository import BoardRepository

__all__ = ["STATE_SCHEMA", "SnapshotRepository", "board_from", "state_of"]

STATE_SCHEMA = 1
"""What a state looks like and means; a change of `state_of` or of `apply` adds 1."""


def state_of(board: Board) -> dict[str, Any]:  # step 16
    """Give all that a board is, as values that JSON can hold.

    These are texts, whole numbers, truth values, `None`, and lists of them, or
    dictionaries with texts as keys. The version is part of the state, and the pending
    events are not. A discarded board has a state, too. What happens to the board later
    does not change this state.
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
    """Make the board of which this is the state, as JSON gives it back.

    The board answers as that one did, and nothing of it is pending. What happens to it
    later does not change the state, nor another board that was made from it.
    """
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
        cache: Where the snapshots are, each under a text: a dictionary, or a file such
            as `dbm.open(path, "c")`. It can be emptied at any time.
        every: When a load has replayed so many events, a new snapshot is taken.
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
        """Load a board: make it from its snapshot, and replay the events since.

        A snapshot counts only if it can be read, has today's `STATE_SCHEMA`, and if the
        board's stream still has the very event after which it was taken: at the same
        version and position, recorded at the same moment. Otherwise the whole history
        is replayed. A load that replays `every` events or more takes a new snapshot.

        A cache that cannot be read or written takes nothing away: the board comes all
        the same.

        Raises:
            BoardNotFoundError: Nothing was ever recorded of such a board.
        """
        resumed = self._resumed(board_id)
        board, start = resumed or (super().current(board_id), 0)
        if board.version - start >= self._every:
            with suppress(Exception):  # it is a cache: another load will try
                self._keep(board)
        return board

    def _resumed(  # step 16 (helper)
        self, board_id: str
    ) -> tuple[Board, int] | None:
        """The board and the version of its snapshot, if there is a good one."""
        with suppress(Exception):  # it is a cache: there are the events
            schema, mark, state = json.loads(self._cache[board_id])
            if schema != STATE_SCHEMA:
                return None
            board = board_from(state)
            start = board.version
            last, *later = self._store.read(_stream(board_id), after=start - 1)
            if mark != _mark(last):
                return None
            for stored in later:
                board.apply(stored.event)  # type: ignore[arg-type]  # a board's stream
                board._version += 1
            return board, start
        return None

    def _keep(self, board: Board) -> None:  # step 16 (helper)
        """Take a snapshot; nothing of the board is pending."""
        last, *_ = self._store.read(_stream(board.id), after=board.version - 1)
        snapshot = [STATE_SCHEMA, _mark(last), state_of(board)]
        self._cache[board.id] = json.dumps(snapshot).encode()


def _mark(stored: StoredEvent[Event]) -> list[Any]:  # step 16 (helper)
    """What tells this event from all others, in this store and in a restored one."""
    return [stored.position, stored.recorded_at.isoformat()]


def _stream(board_id: str) -> str:
    """The name of a board's stream in the store."""
    return f"board-{board_id}"
