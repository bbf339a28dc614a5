"""An append-only store of events, in one SQLite file."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from workshop.eventsourcing import (
    Appended,
    ConcurrencyError,
    EncodedEvent,
    Event,
    StoredEvent,
)

from .codec import EventCodec

__all__ = ["SqliteEventStore"]

_TABLES = """
    CREATE TABLE IF NOT EXISTS events (
        position    INTEGER PRIMARY KEY,  -- in the whole store: it only rises
        stream      TEXT    NOT NULL,
        version     INTEGER NOT NULL,     -- in the stream: 1, 2, 3, …
        recorded_at INTEGER NOT NULL,     -- microseconds since 1970 began, UTC
        name        TEXT    NOT NULL,
        schema      INTEGER NOT NULL,
        data        TEXT    NOT NULL,     -- JSON
        metadata    TEXT    NOT NULL,     -- JSON
        UNIQUE (stream, version)
    ) STRICT;
    CREATE TRIGGER IF NOT EXISTS events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never changed: record a new one'); END;
    CREATE TRIGGER IF NOT EXISTS events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never deleted: record a new one'); END;
    CREATE TABLE IF NOT EXISTS checkpoints (
        name     TEXT    PRIMARY KEY,
        position INTEGER NOT NULL
    ) STRICT;
"""

_INSERT = """
    INSERT INTO events (stream, version, recorded_at, name, schema, data, metadata)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""

_SELECT = """
    SELECT position, stream, version, recorded_at, name, schema, data, metadata
    FROM events
"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class SqliteEventStore:
    """Keeps events in streams, and never changes or deletes one.

    Each thread and each process that uses the file makes a store of its own.

    Args:
        path: The file; it is made if it is not there.
        codec: Turns events into text and back.
        clock: Tells when something is recorded, with a time zone.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        codec: EventCodec,
        *,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._codec = codec
        self._clock = clock
        self._connection = sqlite3.connect(path, timeout=5, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA recursive_triggers = ON")
        self._connection.executescript(_TABLES)

    def append(  # step 9
        self,
        stream: str,
        events: Sequence[Event],
        *,
        expected_version: int | None,
        metadata: Mapping[str, str] | None = None,
    ) -> Appended:
        """Add events to the end of a stream: all of them, or none.

        Checking and adding are one transaction: nobody else writes in between. The
        versions of a stream are 1, 2, 3 and so on. What is added in one call was
        recorded at one moment. Without events, the version is checked all the same.

        Args:
            stream: The stream's name, such as `board-42`.
            events: What happened, oldest first.
            expected_version: How many events of the stream the writer has seen: 0 for a
                new stream. `None` means: wherever the stream is by now.
            metadata: What travels with each of the events.

        Returns:
            The stream's version now, and the position of the last event in the store.

        Raises:
            ConcurrencyError: The stream is at another version. Nothing was written.
            CodecError: An event cannot be encoded. Nothing was written.
        """
        with self.transaction():
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())

    def read(  # step 9
        self, stream: str, *, after: int = 0
    ) -> Iterator[StoredEvent[Event]]:
        """Yield the events of a stream, oldest first; an unknown stream has none.

        The rest of the store is not looked at, so it may grow.

        Args:
            stream: The stream's name.
            after: Only the versions greater than this.
        """
        return self._select(
            "WHERE stream = ? AND version > ? ORDER BY version", [stream, after]
        )

    def read_all(  # step 9
        self,
        *,
        after: int = 0,
        types: Sequence[type[Event]] = (),
        limit: int | None = None,
    ) -> Iterator[StoredEvent[Event]]:
        """Yield the events of all streams, in the order in which they were recorded.

        Args:
            after: Only the positions greater than this.
            types: Only events of these classes, under all their stored names; no class
                means all events.
            limit: At most so many; `None` means all.
        """
        names = [name for kind in types for name in self._codec.names_of(kind)]
        chosen = f"AND name IN ({', '.join('?' * len(names))})" if names else ""
        return self._select(
            f"WHERE position > ? {chosen} ORDER BY position LIMIT ?",
            [after, *names, -1 if limit is None else limit],
        )

    def _version_of(self, stream: str) -> int:  # step 9 (helper)
        """How many events the stream has."""
        [(version,)] = self._connection.execute(
            "SELECT coalesce(max(version), 0) FROM events WHERE stream = ?",
            [stream],
        )
        return int(version)

    # What is written for you

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all that is done inside together, or, after an error, nothing of it.

        While one writer is inside, others wait. One that is inside already stays in.
        """
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:  # SQLite may have done it already
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @property
    def connection(self) -> sqlite3.Connection:
        """For the tables of a read model, in the same file as the events."""
        return self._connection

    def last_position(self) -> int:
        """Tell the position of the last event of all streams; 0 if there is none."""
        [(position,)] = self._connection.execute(
            "SELECT coalesce(max(position), 0) FROM events"
        )
        return int(position)

    def checkpoint(self, name: str) -> int:
        """Tell how far the follower of this name has read; 0 at first."""
        row = self._connection.execute(
            "SELECT position FROM checkpoints WHERE name = ?", [name]
        ).fetchone()
        return int(row[0]) if row else 0

    def save_checkpoint(self, name: str, position: int) -> None:
        """Say that the follower of this name has read up to a position.

        Raises:
            ValueError: It has read further than that.
        """
        with self.transaction():
            if position < (reached := self.checkpoint(name)):
                raise ValueError(
                    f"The checkpoint {name!r} is {reached} and cannot go back to "
                    f"{position}; to read all again, follow under another name."
                )
            self._connection.execute(
                "INSERT OR REPLACE INTO checkpoints VALUES (?, ?)", [name, position]
            )

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _now(self) -> int:
        """The moment that the clock tells, but never one before the last event's.

        Clocks are put back at times, and a log is not. Inside a transaction, no event
        comes after it that has an earlier moment.
        """
        moment = self._clock()
        if moment.utcoffset() is None:
            raise ValueError(
                f"{moment!r} has no time zone; the clock tells one, as in "
                f"datetime.now(UTC)."
            )
        now = (moment - _EPOCH) // timedelta(microseconds=1)
        rows = self._connection.execute(
            "SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1"
        )
        return max([now, *(int(last) for (last,) in rows)])

    def _insert(
        self,
        stream: str,
        version: int,
        moment: int,
        event: Event,
        metadata: Mapping[str, str] | None,
    ) -> None:
        """Write one row, with the event in it; `moment` is what `_now` gives."""
        name, schema, data = self._codec.encode(event)
        attached = json.dumps(dict(metadata or {}))
        self._connection.execute(
            _INSERT,
            [stream, version, moment, name, schema, data.decode(), attached],
        )

    def _select(
        self, condition: str, values: Sequence[object]
    ) -> Iterator[StoredEvent[Event]]:
        """Yield the events of the rows that a condition chooses.

        The query has ended by then: an open one would keep this store from writing as
        soon as another one has written.

        Args:
            condition: What follows on `FROM events`, with a `?` for each value.
            values: What to put there, in the same order. Values come in this way, and
                never as a part of the text.
        """
        for row in self._connection.execute(_SELECT + condition, values).fetchall():
            position, stream, version, moment, name, schema, data, metadata = row
            yield StoredEvent(
                stream=stream,
                version=version,
                position=position,
                recorded_at=_EPOCH + timedelta(microseconds=moment),
                event=self._codec.decode(EncodedEvent(name, schema, data.encode())),
                metadata=json.loads(metadata),
            )
