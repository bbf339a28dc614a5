"""A small reference event-sourcing core: facts in, state by replay, read models by projection."""

from workshop.eventsourcing.aggregate import Aggregate
from workshop.eventsourcing.codec import EncodedEvent, EventCodec
from workshop.eventsourcing.errors import (
    AggregateNotFoundError,
    CodecError,
    ConcurrencyError,
    EventSourcingError,
    HistoricalCopyError,
    ProjectionError,
    StoreError,
    VersionNotFoundError,
)
from workshop.eventsourcing.event import Event, StoredEvent
from workshop.eventsourcing.memory import MemoryEventStore
from workshop.eventsourcing.projection import Projection
from workshop.eventsourcing.repository import Repository, retry_on_conflict
from workshop.eventsourcing.snapshot_file import SnapshotFile
from workshop.eventsourcing.snapshots import SnapshotCache, Snapshots
from workshop.eventsourcing.sqlite import SqliteEventStore
from workshop.eventsourcing.store import Appended, EventStore
from workshop.eventsourcing.subscription import Checkpoints, MemoryCheckpoints, Subscription
from workshop.eventsourcing.upcasting import JsonObject, Upcaster

__all__ = [
    "Aggregate",
    "AggregateNotFoundError",
    "Appended",
    "Checkpoints",
    "CodecError",
    "ConcurrencyError",
    "EncodedEvent",
    "Event",
    "EventCodec",
    "EventSourcingError",
    "EventStore",
    "HistoricalCopyError",
    "JsonObject",
    "MemoryCheckpoints",
    "MemoryEventStore",
    "Projection",
    "ProjectionError",
    "Repository",
    "SnapshotCache",
    "SnapshotFile",
    "Snapshots",
    "SqliteEventStore",
    "StoreError",
    "StoredEvent",
    "Subscription",
    "Upcaster",
    "VersionNotFoundError",
    "retry_on_conflict",
]
