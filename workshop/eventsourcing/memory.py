"""An event store in memory: the whole contract, for tests and for trying things out."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from itertools import islice
from typing import NamedTuple

from workshop.eventsourcing.arguments import UNLIMITED, check_forward, check_stream, latest, most
from workshop.eventsourcing.clock import Clock, next_moment, utc_now
from workshop.eventsourcing.codec import EventCodec
from workshop.eventsourcing.errors import StoreError
from workshop.eventsourcing.event import Event, StoredEvent
from workshop.eventsourcing.recording import Batch, Record, decode_record
from workshop.eventsourcing.store import Appended

__all__ = ["MemoryEventStore"]


class _State(NamedTuple):
    """What somebody may see: so many records, and these checkpoints."""

    records: int
    checkpoints: Mapping[str, int]


class MemoryEventStore:
    """Keeps encoded events in lists; they are gone when it is closed.

    Threads may share it. A thread inside `transaction()` keeps other writers waiting; readers
    go on, and see nothing of the transaction before it is committed.
    """

    def __init__(self, codec: EventCodec, *, clock: Clock = utc_now) -> None:
        self._codec = codec
        self._clock = clock
        self._records: list[Record] = []  # the position of a record is its index + 1
        self._streams: dict[str, list[Record]] = {}
        self._checkpoints: Mapping[str, int] = {}
        self._committed = _State(0, {})
        self._writing = threading.RLock()
        self._writer: int | None = None  # the thread that is inside a transaction
        self._closed = False

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
        with self.transaction():
            records = self._streams.setdefault(stream, [])
            batch.check_version(expected_version, len(records))
            if batch:
                last = self._records[-1].recorded_at if self._records else None
                moment = next_moment(self._clock, last)
                new = batch.records(len(records), len(self._records), moment)
                self._records += new
                records += new
            return Appended(len(records), records[-1].position if records else 0)

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
        moment, end = latest(as_at), self._visible().records
        chosen = [
            record
            for record in list(self._streams.get(stream, []))
            if after < record.version <= (UNLIMITED if until is None else until)
            and record.position <= end
            and record.recorded_at <= moment
        ]
        return self._decoded(chosen[::-1] if backwards else chosen, limit)

    def read_all(
        self, *, after: int = 0, types: Sequence[type[Event]] = (), limit: int | None = None
    ) -> Iterator[StoredEvent[Event]]:
        """Yield the events of all streams lazily: see `EventStore.read_all`."""
        names = {name for event_type in types for name in self._codec.names_of(event_type)}
        chosen = self._records[max(after, 0) : self._visible().records]
        if types:
            chosen = [record for record in chosen if record.name in names]
        return self._decoded(chosen, limit)

    def last_position(self) -> int:
        """Tell the position of the last event; 0 when the store is empty."""
        return self._visible().records

    def checkpoint(self, name: str) -> int:
        """Tell how far the follower of this name has read; 0 at first."""
        return self._visible().checkpoints.get(name, 0)

    def save_checkpoint(self, name: str, position: int) -> None:
        """Move the follower's checkpoint forward: see `EventStore.save_checkpoint`."""
        with self.transaction():
            check_forward(name, self.checkpoint(name), position)
            self._checkpoints = {**self._checkpoints, name: position}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Group what this thread appends and saves: see `SqliteEventStore.transaction`."""
        with self._writing:
            before = self._visible()
            outer, self._writer = self._writer, threading.get_ident()
            try:
                yield
                done = self._visible()
            except BaseException:
                self._undo(before)
                raise
            finally:
                self._writer = outer
            if outer is None:
                self._committed = done

    def close(self) -> None:
        """Refuse further use; closing twice is harmless."""
        with self._writing:
            self._closed = True

    def _visible(self) -> _State:
        if self._closed:
            raise StoreError("this store in memory is closed; make another")
        if self._writer == threading.get_ident():
            return _State(len(self._records), self._checkpoints)
        return self._committed

    def _undo(self, before: _State) -> None:
        for record in self._records[before.records :]:
            self._streams[record.stream].pop()
        del self._records[before.records :]
        self._checkpoints = before.checkpoints

    def _decoded(self, records: list[Record], limit: int | None) -> Iterator[StoredEvent[Event]]:
        return map(partial(decode_record, self._codec), islice(records, most(limit)))
