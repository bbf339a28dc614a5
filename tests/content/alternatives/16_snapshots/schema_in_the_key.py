"""All in one file: the schema is in the key, the moment is the mark, and a miss is an error."""

import json
from datetime import datetime

from .board import Board, Column
from .repository import BoardRepository

__all__ = ["STATE_SCHEMA", "SnapshotRepository", "board_from", "state_of"]

STATE_SCHEMA = 1

PLAIN = ("_id", "_name", "_description", "_discarded", "_version")


def state_of(board):
    state = {name: value for name, value in vars(board).items() if name in PLAIN}
    return {"board": state, "columns": [vars(column) | {} for column in board._columns]} | {
        "items": [list(column.work_item_ids) for column in board._columns]
    }


def board_from(state):
    board = Board()
    vars(board).update(state["board"])
    for values, items in zip(state["columns"], state["items"], strict=True):
        column = Column("", "", None)
        vars(column).update(values)
        column._work_item_ids = [*items]
        board._columns = [*board._columns, column]
    return board


class Miss(Exception):
    """There is no snapshot that counts."""


class SnapshotRepository(BoardRepository):
    def __init__(self, store, cache, *, every=100):
        super().__init__(store)
        self._cache = cache
        self._every = every

    def current(self, board_id):
        try:
            board, moment = self._found(board_id)
            history = list(self._store.read(f"board-{board_id}", after=board.version - 1))
            if history[0].recorded_at != moment:
                raise Miss(board_id)
            for stored in history[1:]:
                board.apply(stored.event)
            board._version = history[-1].version
            replayed = len(history) - 1
        except Exception:
            board = super().current(board_id)
            replayed = board.version
        if replayed < self._every:
            return board
        try:
            for stored in self._store.read(f"board-{board_id}", after=board.version - 1):
                kept = {"moment": stored.recorded_at.isoformat(), "state": state_of(board)}
                self._cache[self._key(board_id)] = json.dumps(kept).encode("ascii")
        except Exception:
            return board
        return board

    def _found(self, board_id):
        found = self._cache.get(self._key(board_id))
        if found is None:
            raise Miss(board_id)
        kept = json.loads(found)
        return board_from(kept["state"]), datetime.fromisoformat(kept["moment"])

    def _key(self, board_id):
        return f"{board_id}, schema {STATE_SCHEMA}"
