"""An event store in one SQLite file, for as many threads and processes as there are."""

import os
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from sqlite3 import Connection
from typing import Literal

from workshop.eventsourcing.arguments import check_forward
from workshop.eventsourcing.clock import Clock, next_moment, utc_now
from workshop.eventsourcing.codec import EventCodec
from workshop.eventsourcing.event import Event
from workshop.eventsourcing.recording import Batch
from workshop.eventsourcing.sqlite_file import SqliteFile
from workshop.eventsourcing.sqlite_fork import survive_forks
from workshop.eventsourcing.sqlite_reader import SqliteReader
from workshop.eventsourcing.sqlite_session import Sessions
from workshop.eventsourcing.store import Appended

__all__ = ["SqliteEventStore"]

_END_OF_STREAM = """
    SELECT version, position FROM events WHERE stream = ? ORDER BY version DESC LIMIT 1
"""
_END = "SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1"
_INSERT = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_SAVE_CHECKPOINT = "INSERT OR REPLACE INTO checkpoints VALUES (?, ?)"

survive_forks()


class SqliteEventStore(SqliteReader):
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
        if synchronous not in ("FULL", "NORMAL"):
            raise ValueError(f"synchronous must be 'FULL' or 'NORMAL', not {synchronous!r}")
        if path == ":memory:":
            raise ValueError("SqliteEventStore needs a file; in memory, use MemoryEventStore")
        file = SqliteFile(Path(path), synchronous=synchronous, busy_timeout=busy_timeout)
        super().__init__(codec, Sessions(file))
        self._clock = clock
        self._sessions.current().connect()  # a file that cannot be used is refused now, not later

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        *,
        expected_version: int | None,
        metadata: Mapping[str, str] | None = None,
    ) -> Appended:
        """Append all events to the stream, or none: see `EventStore.append`."""
        batch = Batch(self._codec, stream, events, metadata)
        session = self._sessions.current()
        with session.transaction():
            [(version, position)] = session.fetch(_END_OF_STREAM, [stream]) or [(0, 0)]
            batch.check_version(expected_version, version)
            if not batch:
                return Appended(version, position)
            [(position, last_moment)] = session.fetch(_END) or [(0, None)]
            moment = next_moment(self._clock, last_moment)
            session.insert(_INSERT, batch.rows(version, position, moment))
        return Appended(version + len(batch), position + len(batch))

    def save_checkpoint(self, name: str, position: int) -> None:
        """Move the follower's checkpoint forward: see `EventStore.save_checkpoint`."""
        session = self._sessions.current()
        with session.transaction():
            check_forward(name, self.checkpoint(name), position)
            session.fetch(_SAVE_CHECKPOINT, [name, position])

    def transaction(self) -> AbstractContextManager[None]:
        """Group what this thread appends and saves into one commit: all of it, or nothing.

        A transaction within another is a part of it: its error undoes it alone, and what it did
        is committed with the outer one.
        """
        return self._sessions.current().transaction()

    @property
    def connection(self) -> Connection:
        """The connection of this thread's transaction, for a read model's own tables.

        What is written through it is committed with the events and checkpoints of the
        transaction. Leave `commit`, `rollback` and `executescript` alone: they end it.

        Raises:
            StoreError: This thread is not inside `with store.transaction():`.
        """
        session = self._sessions.current()
        session.check_inside()
        return session.connect()

    def close(self) -> None:
        """Close all connections, once other threads' transactions have ended; twice is harmless."""
        self._sessions.close()
