"""The same event store on a database server: PostgreSQL.

Whoever can use a `SqliteEventStore` can use this one. It is for programs on several
machines that write to one store. Nothing in this package imports it, so that all the
rest works where PostgreSQL is not installed.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
from workshop.eventsourcing import (
    Appended,
    ConcurrencyError,
    EncodedEvent,
    Event,
    StoredEvent,
)

from .codec import EventCodec

__all__ = ["PostgresEventStore"]

_TABLES = """
    CREATE TABLE events (
        position    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        stream      text        NOT NULL,
        version     integer     NOT NULL,  -- in the stream: 1, 2, 3, …
        recorded_at timestamptz NOT NULL,
        name        text        NOT NULL,
        schema      integer     NOT NULL,
        data        text        NOT NULL,  -- JSON
        metadata    text        NOT NULL,  -- JSON
        UNIQUE (stream, version)
    );
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'events are never changed or deleted: record a new one'; END $$;
    CREATE TRIGGER events_are_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TABLE checkpoints (
        name     text   PRIMARY KEY,
        position bigint NOT NULL
    );
"""

_INSERT = """
    INSERT INTO events (stream, version, recorded_at, name, schema, data, metadata)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
"""

_SELECT = """
    SELECT position, stream, version, recorded_at, name, schema, data, metadata
    FROM events
"""

_SAVE_CHECKPOINT = """
    INSERT INTO checkpoints AS saved (name, position) VALUES (%s, %s)
    ON CONFLICT (name) DO UPDATE SET position = excluded.position
    WHERE saved.position <= excluded.position
"""

# Numbers that name locks. Every program that writes to the store uses the same ones.
_MAKING_TABLES = 19_000
_APPENDING = 19_001


def _utc_now() -> datetime:
    return datetime.now(UTC)


class PostgresEventStore:
    """Keeps events in streams, and never changes or deletes one.

    Each thread and each process that uses the database makes a store of its own.

    Args:
        dsn: Says where the database is and who asks, as in
            `host=db.example dbname=support user=board`.
        codec: Turns events into text and back.
        clock: Tells when something is recorded, with a time zone.
    """

    def __init__(
        self,
        dsn: str,
        codec: EventCodec,
        *,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._codec = codec
        self._clock = clock
        # Outside of a transaction, each statement is one of its own.
        self._connection = psycopg.connect(dsn, autocommit=True)
        self._make_tables()

    def append(  # step 19
        self,
        stream: str,
        events: Sequence[Event],
        *,
        expected_version: int | None,
        metadata: Mapping[str, str] | None = None,
    ) -> Appended:
        """Add events to the end of a stream: all of them, or none.

        Nobody else appends in between, to no stream at all: from before the version is
        looked up until the outermost transaction has ended, other writers wait. So
        positions become visible in their order, and no follower misses an event.
        Readers do not wait.

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
        raise NotImplementedError("step 19: PostgresEventStore.append")

    def read(  # step 19
        self, stream: str, *, after: int = 0
    ) -> Iterator[StoredEvent[Event]]:
        """Yield the events of a stream, oldest first; an unknown stream has none.

        Args:
            stream: The stream's name.
            after: Only the versions greater than this.
        """
        raise NotImplementedError("step 19: PostgresEventStore.read")

    def read_all(  # step 19
        self,
        *,
        after: int = 0,
        types: Sequence[type[Event]] = (),
        limit: int | None = None,
    ) -> Iterator[StoredEvent[Event]]:
        """Yield the events of all streams, in the order of their positions.

        Args:
            after: Only the positions greater than this.
            types: Only events of these classes, under all their stored names; no class
                means all events.
            limit: At most so many; `None` means all.
        """
        raise NotImplementedError("step 19: PostgresEventStore.read_all")

    # What is written for you

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all that is done inside together, or, after an error, nothing of it.

        Others see nothing of it before. They do not wait: two transactions run at the
        same time, unless one wants a lock that the other one has. A transaction inside
        another is undone alone; its locks stay until the outer one has ended.
        """
        with self._connection.transaction():
            yield

    @property
    def connection(self) -> psycopg.Connection:
        """For the tables of a read model, in the same database as the events."""
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
            "SELECT position FROM checkpoints WHERE name = %s", [name]
        ).fetchone()
        return int(row[0]) if row else 0

    def save_checkpoint(self, name: str, position: int) -> None:
        """Say that the follower of this name has read up to a position.

        Raises:
            ValueError: It has read further than that.
        """
        saved = self._connection.execute(_SAVE_CHECKPOINT, [name, position])
        if saved.rowcount == 0:
            raise ValueError(
                f"The checkpoint {name!r} is {self.checkpoint(name)} and cannot go "
                f"back to {position}; to read all again, follow under another name."
            )

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _make_tables(self) -> None:
        """Make the tables if they are not there; of several programs, only one does."""
        with self.transaction():
            self._connection.execute(
                "SELECT pg_advisory_xact_lock(%s)", [_MAKING_TABLES]
            )
            [(found,)] = self._connection.execute("SELECT to_regclass('events')")
            if found is None:
                self._connection.execute(_TABLES)

    def _version_of(self, stream: str) -> int:
        """How many events the stream has, among those that are visible by now."""
        [(version,)] = self._connection.execute(
            "SELECT coalesce(max(version), 0) FROM events WHERE stream = %s",
            [stream],
        )
        return int(version)

    def _now(self) -> datetime:
        """The moment that the clock tells, but never one before the last event's.

        Machines' clocks differ, and a log goes in one direction.
        """
        moment = self._clock()
        if moment.utcoffset() is None:
            raise ValueError(
                f"{moment!r} has no time zone; the clock tells one, as in "
                f"datetime.now(UTC)."
            )
        last = self._connection.execute(
            "SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1"
        ).fetchone()
        return moment if last is None else max(moment, last[0])

    def _insert(
        self,
        stream: str,
        version: int,
        moment: datetime,
        event: Event,
        metadata: Mapping[str, str] | None,
    ) -> None:
        """Write one row, with the event in it; the server gives out the position."""
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

        Args:
            condition: What follows on `FROM events`, with a `%s` for each value.
            values: What to put there, in the same order. A list is one value, an array.
        """
        for row in self._connection.execute(_SELECT + condition, values).fetchall():
            position, stream, version, moment, name, schema, data, metadata = row
            yield StoredEvent(
                stream=stream,
                version=version,
                position=position,
                recorded_at=moment.astimezone(UTC),
                event=self._codec.decode(EncodedEvent(name, schema, data.encode())),
                metadata=json.loads(metadata),
            )
