"""Events, as the domain, a reader and a store see them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

__all__ = ["EncodedEvent", "Event", "StoredEvent"]


class Event:
    """A fact of the domain, named in the past tense.

    Subclasses are frozen, keyword-only dataclasses that hold plain values. An event knows
    nothing of streams, versions or clocks: those belong to its envelope, `StoredEvent`.
    """

    __slots__ = ()


E_co = TypeVar("E_co", bound=Event, covariant=True)


class StoredEvent(NamedTuple, Generic[E_co]):
    """An event as the store recorded it: the fact, with where and when it was recorded.

    Attributes:
        stream: The stream's name, for an aggregate `category-id`.
        version: The place within the stream: 1, 2, 3, … without gaps.
        position: The place in the whole store: it only rises, and may have gaps.
        recorded_at: When the store recorded it, UTC; it never decreases along positions.
        event: The fact itself.
        metadata: What travels with the fact without being part of it, such as
            `correlation_id` and `causation_id`.
    """

    stream: str
    version: int
    position: int
    recorded_at: datetime
    event: E_co
    metadata: Mapping[str, str]


class EncodedEvent(NamedTuple):
    """An event as a codec wrote it.

    Attributes:
        name: The stored name, which stands for the event's class.
        schema: The version of the data's layout, from 1; each upcaster adds 1.
        data: A JSON object, UTF-8.
    """

    name: str
    schema: int
    data: bytes
