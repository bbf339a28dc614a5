"""An event store in one SQLite file, for as many threads and processes as there are."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Literal

from workshop.eventsourcing.clock import Clock, to_microseconds, utc_now
from workshop.eventsourcing.codec import EventCodec
from workshop.eventsourcing.event import Event, StoredEvent
from workshop.eventsourcing.recording import (
    MAX_INTEGER,
    Batch,
    check_forward,
    check_stream,
    decode_record,
    latest,
    most,
)
from workshop.eventsourcing.sqlite_connection import DatabaseFile
from workshop.eventsourcing.sqlite_fork import survive_forks
from workshop.eventsourcing.store import Appended

__all__ = ["SqliteEventStore"]

_PAGE = 500
"""So many records are read at once; between pages nothing is held open."""

_SELECT = """
    SELECT position, stream, version, recorded_at, name, schema,
           CAST(data AS BLOB), CAST(metadata AS BLOB)
    FROM events
"""
_POSITION, _VERSION = 0, 2

_ALL = f"{_SELECT} WHERE position > :after"
_STREAM = f"""{_SELECT}
    WHERE stream = :stream AND version > :after AND version < :before AND recorded_at <= :latest
"""
_FORWARDS = f"{_STREAM} ORDER BY version LIMIT :size"
_BACKWARDS = f"{_STREAM} ORDER BY version DESC LIMIT :size"
_END_OF_STREAM = """
    SELECT version, position FROM events WHERE stream = ? ORDER BY version DESC LIMIT 1
"""
_END = "SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1"
_INSERT = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT))"
_CHECKPOINT = "SELECT position FROM checkpoints WHERE name = ?"
_SAVE_CHECKPOINT = "INSERT OR REPLACE INTO checkpoints VALUES (?, ?)"

survive_forks()


class SqliteEventStore:
    """Keeps events in an SQLite file, as JSON that the `sqlite3` shell can read.

    Threads and processes may share the file, and threads may share the store: each has a
    connection of its own. A child made by `fork` may go on using the store; if it was forked
    inside a transaction, only its parent may.

    Attributes:
        path: The file; it is created if it is new, its folder must exist.

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
        """Open the file.

        Args:
            path: The file's path.
            codec: Translates events.
            clock: Tells when an event is recorded.
            synchronous: With FULL, what was appended survives a power cut. With NORMAL, a power
                cut may take the last appends, all or none of each; a killed process takes none.
            busy_timeout: So many seconds a writer waits for others.
        """
        if synchronous not in ("FULL", "NORMAL"):
            raise ValueError(f"synchronous must be 'FULL' or 'NORMAL', not {synchronous!r}")
        if path == ":memory:":
            raise ValueError("SqliteEventStore needs a file; in memory, use MemoryEventStore")
        self._codec = codec
        self._clock = clock
        self._file = DatabaseFile(Path(path), synchronous=synchronous, busy_timeout=busy_timeout)
        self.last_position()  # a file that cannot be used is refused now, not later

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
        session = self._file.session()
        with session.transaction():
            [(version, position)] = session.fetch(_END_OF_STREAM, [stream]) or [(0, 0)]
            batch.check_version(expected_version, version)
            if not batch:
                return Appended(version, position)
            [(position, last_moment)] = session.fetch(_END) or [(0, 0)]
            # The clock may go back, the log may not.
            recorded_at = max(to_microseconds(self._clock()), last_moment)
            session.insert(_INSERT, batch.records(version, position, recorded_at))
        return Appended(version + len(batch), position + len(batch))

    def read(
        self,
        stream: str,
        *,
        after: int = 0,
        until: int | None = None,
        as_at: datetime | None = None,
        backwards: bool = False,
        limit: int | None = None,
    ) -> Iterator[StoredEvent[Event]]:
        """Yield the stream's events lazily: see `EventStore.read`."""
        check_stream(stream)
        bounds: dict[str, object] = {
            "stream": stream,
            "after": after,
            "before": MAX_INTEGER if until is None else until + 1,
            "latest": latest(as_at),
        }
        if backwards:
            return self._pages(_BACKWARDS, bounds, "before", _VERSION, limit)
        return self._pages(_FORWARDS, bounds, "after", _VERSION, limit)

    def read_all(
        self, *, after: int = 0, types: Sequence[type[Event]] = (), limit: int | None = None
    ) -> Iterator[StoredEvent[Event]]:
        """Yield the events of all streams lazily: see `EventStore.read_all`."""
        bounds: dict[str, object] = {"after": after}
        names = {name for event_type in types for name in self._codec.names_of(event_type)}
        chosen = [_ALL]
        if types:
            bounds |= {f"name_{n}": name for n, name in enumerate(names)}
            chosen = [f"{_ALL} AND name = :name_{n}" for n in range(len(names))]
        # SQLite merges the arms in order of position, each from the index, without sorting.
        sql = " UNION ALL ".join(chosen) + " ORDER BY position LIMIT :size"
        return self._pages(sql, bounds, "after", _POSITION, limit)

    def last_position(self) -> int:
        """Tell the position of the last event; 0 when the store is empty."""
        [(position, _)] = self._file.session().fetch(_END) or [(0, 0)]
        return int(position)

    def checkpoint(self, name: str) -> int:
        """Tell how far the follower of this name has read; 0 at first."""
        [(position,)] = self._file.session().fetch(_CHECKPOINT, [name]) or [(0,)]
        return int(position)

    def save_checkpoint(self, name: str, position: int) -> None:
        """Move the follower's checkpoint forward: see `EventStore.save_checkpoint`."""
        session = self._file.session()
        with session.transaction():
            check_forward(name, self.checkpoint(name), position)
            session.fetch(_SAVE_CHECKPOINT, [name, position])

    def transaction(self) -> AbstractContextManager[None]:
        """Group what this thread appends and saves into one commit: all of it, or nothing.

        A transaction within another is a part of it: its error undoes it alone, and what it did
        is committed with the outer one.
        """
        return self._file.session().transaction()

    @property
    def connection(self) -> Connection:
        """The connection of this thread's transaction, for a read model's own tables.

        What is written through it is committed with the events and checkpoints of the
        transaction. Leave `commit`, `rollback` and `executescript` alone: they end it.

        Raises:
            StoreError: This thread is not inside `with store.transaction():`.
        """
        session = self._file.session()
        session.check_inside()
        return session.connection

    def close(self) -> None:
        """Close every thread's connection, once their transactions have ended; twice is harmless."""
        self._file.close()

    def _pages(
        self, sql: str, bounds: dict[str, object], moving: str, column: int, limit: int | None
    ) -> Iterator[StoredEvent[Event]]:
        left = most(limit)
        while left > 0:
            size = min(left, _PAGE)
            rows = self._file.session().fetch(sql, {**bounds, "size": size})
            for row in rows:
                yield decode_record(self._codec, row)
            if len(rows) < size:
                return
            bounds[moving] = rows[-1][column]
            left -= size
