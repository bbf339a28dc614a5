"""An event store in one SQLite file, for as many threads and processes as there are."""

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from sqlite3 import Connection, Error
from typing import Any, Literal

from ..codec import EventCodec
from ..encoding_store import Clock, EncodingStore, cannot_go_back, utc_now
from ..errors import ConcurrencyError, StoreError
from ..event import EncodedEvent
from ..record import UNLIMITED, Query, Record, microseconds
from ..store import Appended
from .file import SqliteFile, explain
from .pages import select
from .threads import Threads

__all__ = ["SqliteEventStore"]

_ENDS = """
    SELECT coalesce(own.version, 0), coalesce(own.position, 0), last.position, last.recorded_at
    FROM events AS last LEFT JOIN events AS own ON own.stream = ?
    ORDER BY last.position DESC, own.version DESC LIMIT 1
"""
_EMPTY = (0, 0, 0, -UNLIMITED)
_INSERT = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_CHECKPOINT = "SELECT max(position) FROM checkpoints WHERE name = ?"
_SAVE_CHECKPOINT = """
    INSERT INTO checkpoints SELECT ?1, ?2 WHERE ?2 >= 0 ON CONFLICT (name)
    DO UPDATE SET position = excluded.position WHERE position <= excluded.position
    RETURNING position
"""


class SqliteEventStore(EncodingStore):
    """Keeps events in an SQLite file, as JSON that the `sqlite3` shell can read.

    Threads and processes may share the file, and threads may share the store: each has a
    connection of its own. A child made by `fork` may go on using the store; if it was forked
    inside a transaction, only its parent may.

    Args:
        path: The file; it is created if it is new, its folder must exist.
        codec: Translates events.
        clock: Tells when an event is recorded.
        synchronous: With FULL, what was appended survives a power cut. With NORMAL, a power cut
            may take the last appends, each whole or not at all; a killed process takes none.
        busy_timeout: So many seconds a writer waits for others.

    Raises:
        StoreError: The file cannot be used; the message says why, and what to do.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        codec: EventCodec,
        *,
        clock: Clock = utc_now,
        synchronous: Literal["FULL", "NORMAL"] = "FULL",
        busy_timeout: float = 5.0,
    ) -> None:
        super().__init__(codec, clock)
        if synchronous not in ("FULL", "NORMAL"):
            raise ValueError(f"synchronous must be 'FULL' or 'NORMAL', not {synchronous!r}")
        if path == ":memory:":
            raise ValueError("SqliteEventStore needs a file; in memory, use MemoryEventStore")
        # Resolved: the folder that it is told from may change.
        self._file = SqliteFile(Path(path).resolve(), synchronous, busy_timeout)
        self._threads = Threads(self._file)
        self._execute("SELECT 1")  # a file that cannot be used is refused now, not later

    def transaction(self) -> AbstractContextManager[None]:
        return self._threads.session

    @property
    def connection(self) -> Connection:
        """The connection of this thread's transaction, for a read model's own tables.

        What is written through it is committed with the events and checkpoints of the
        transaction. Leave `commit`, `rollback` and `executescript` alone: they end it.

        Raises:
            StoreError: This thread is not inside `with store.transaction():`.
        """
        session = self._threads.session
        if not session.depth:
            raise StoreError("this works inside `with store.transaction():` only")
        return session.connect()

    def last_position(self) -> int:
        [(position,)] = self._execute("SELECT max(position) FROM events")
        return position or 0

    def checkpoint(self, name: str) -> int:
        [(position,)] = self._execute(_CHECKPOINT, [name])
        return position or 0

    def save_checkpoint(self, name: str, position: int) -> None:
        if not self._execute(_SAVE_CHECKPOINT, [name, position]):
            raise cannot_go_back(name, self.checkpoint(name), position)

    def close(self) -> None:
        self._threads.close()

    def _execute(self, sql: str, parameters: Any = ()) -> list[Any]:
        return self._threads.session.execute(sql, parameters)

    def _append(
        self, stream: str, expected: int | None, encoded: Sequence[EncodedEvent], metadata: bytes
    ) -> Appended:
        session, attached = self._threads.session, metadata.decode()
        try:
            with session:
                connection = session.connect()
                found = connection.execute(_ENDS, [stream]).fetchone()
                version, own, last, latest = found or _EMPTY
                if expected is not None and expected != version:
                    raise ConcurrencyError(stream, expected, version)
                if not encoded:
                    return Appended(version, own)
                moment = max(microseconds(self._clock()), latest)  # clocks go back, logs do not
                rows = [
                    (last + n, stream, version + n, moment, name, schema, data.decode(), attached)
                    for n, (name, schema, data) in enumerate(encoded, start=1)
                ]
                connection.executemany(_INSERT, rows)
        except Error as error:
            raise explain(error, self._file.path) from error
        return Appended(version + len(rows), last + len(rows))

    def _select(self, query: Query) -> Iterator[Record]:
        return select(query, self._execute)
