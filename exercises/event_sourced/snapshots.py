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
    raise NotImplementedError("step 16: state_of")


def board_from(state: dict[str, Any]) -> Board:  # step 16
    """Make the board of which this is the state, as JSON gives it back.

    The board answers as that one did, and nothing of it is pending. What happens to it
    later does not change the state, nor another board that was made from it.
    """
    raise NotImplementedError("step 16: board_from")


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
        raise NotImplementedError("step 16: SnapshotRepository.current")


def _stream(board_id: str) -> str:
    """The name of a board's stream in the store."""
    return f"board-{board_id}"
