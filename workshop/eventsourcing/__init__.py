"""A small reference event-sourcing core: facts in, state by replay, read models by projection."""

from .aggregate import Aggregate
from .codec import EventCodec
from .errors import (
    AggregateNotFoundError,
    CodecError,
    ConcurrencyError,
    EventSourcingError,
    HistoricalCopyError,
    ProjectionError,
    StoreError,
)
from .event import EncodedEvent, Event, StoredEvent
from .memory import MemoryEventStore
from .projection import Projection
from .repository import Repository, retry_on_conflict
from .snapshots import Snapshots
from .sqlite import SqliteEventStore
from .storable import Moment
from .store import Appended, EventStore
from .subscription import Progress, Subscription
from .upcasting import JsonObject, Upcaster

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
