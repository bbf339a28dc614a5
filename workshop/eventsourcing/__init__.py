"""A small reference event-sourcing core: facts in, state by replay, read models by projection."""

from workshop.eventsourcing.aggregate import Aggregate
from workshop.eventsourcing.codec import EventCodec
from workshop.eventsourcing.errors import (
    AggregateNotFoundError,
    CodecError,
    ConcurrencyError,
    EventSourcingError,
    HistoricalCopyError,
    ProjectionError,
    StoreError,
)
from workshop.eventsourcing.event import EncodedEvent, Event, StoredEvent
from workshop.eventsourcing.memory import MemoryEventStore
from workshop.eventsourcing.projection import Projection
from workshop.eventsourcing.repository import Repository, retry_on_conflict
from workshop.eventsourcing.snapshots import Snapshots
from workshop.eventsourcing.sqlite import SqliteEventStore
from workshop.eventsourcing.storable import Moment
from workshop.eventsourcing.store import Appended, EventStore
from workshop.eventsourcing.subscription import Progress, Subscription
from workshop.eventsourcing.upcasting import JsonObject, Upcaster

__all__ = [
    "Aggregate",
    "AggregateNotFoundError",
    "Appended",
    "CodecError",
    "ConcurrencyError",
    "EncodedEvent",
    "Event",
    "EventCodec",
    "EventSourcingError",
    "EventStore",
    "HistoricalCopyError",
    "JsonObject",
    "MemoryEventStore",
    "Moment",
    "Progress",
    "Projection",
    "ProjectionError",
    "Repository",
    "Snapshots",
    "SqliteEventStore",
    "StoreError",
    "StoredEvent",
    "Subscription",
    "Upcaster",
    "retry_on_conflict",
]
