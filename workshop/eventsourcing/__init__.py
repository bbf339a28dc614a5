"""A small reference event-sourcing core: facts in, state by replay, read models by projection.

To read it in half an hour, begin with what the domain sees: `event`, `aggregate`, `repository`.
Then comes what a store promises, `store`, with the shortest one that keeps it, `memory`, and what
all have in common, `encoding_store` and `record`. `projection` and `subscription` follow a store.
The rest are details to look up: how events are written so that they come back equal (`codec`,
`event_type`, `storable`, `proof`, `upcasting`), `snapshots`, and two databases, `sqlite` and
`postgres`. The contract of all stores is in `testing`.
"""

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
