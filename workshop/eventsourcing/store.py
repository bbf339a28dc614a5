"""The port that every event store implements; `testing.EventStoreContract` is its meaning."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import NamedTuple, Protocol

from .event import Event, StoredEvent

__all__ = ["Appended", "EventStore"]


class Appended(NamedTuple):
    """What an append did.

    Attributes:
        version: The stream's version now.
        position: The position of the last event in the store that this append wrote,
            or of the stream's last event if it wrote none (0 for an empty stream).
    """

    version: int
    position: int


class EventStore(Protocol):
    """An append-only log of events, in streams."""

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        *,
        expected_version: int | None,
        metadata: Mapping[str, str] | None = None,
    ) -> Appended:
        """Append all events to the stream, or none.

        Args:
            stream: The stream's name, not empty.
            events: The facts, oldest first; none is allowed, and the version is still checked.
            expected_version: The version that the writer has seen; 0 for a new stream;
                `None` does not check.
            metadata: Kept in each event's envelope.

        Raises:
            ConcurrencyError: The stream is at another version. Nothing was written.
            CodecError: An event cannot be encoded. Nothing was written.
            StoreError: The store cannot write. Nothing was written.
        """

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
        """Yield the stream's events lazily, in order of version.

        Args:
            stream: The stream's name; an unknown stream has no events.
            after: Only versions greater than this.
            until: Only versions up to and including this.
            as_at: Only events recorded at this moment or before it; timezone-aware.
            backwards: Newest first.
            limit: At most this many.

        Raises:
            CodecError: Stored data cannot be read; the message names event and position.
        """

    def read_all(
        self,
        *,
        after: int = 0,
        types: Sequence[type[Event]] = (),
        limit: int | None = None,
    ) -> Iterator[StoredEvent[Event]]:
        """Yield the events of all streams lazily, in order of position.

        Args:
            after: Only positions greater than this.
            types: Only events of these classes; none given means all.
            limit: At most this many.
        """

    def transaction(self) -> AbstractContextManager[None]:
        """Group what this thread appends and saves into one commit: all of it, or nothing.

        A transaction within another is a part of it: its error undoes it alone, and what it did
        is committed with the outer one.
        """

    def last_position(self) -> int:
        """The position of the last event; 0 when the store is empty."""

    def checkpoint(self, name: str) -> int:
        """The position up to which the follower of this name has read; 0 at first."""

    def save_checkpoint(self, name: str, position: int) -> None:
        """Move the follower's checkpoint forward.

        Raises:
            ValueError: The position lies behind the checkpoint.
        """

    def close(self) -> None:
        """Release what the store holds; closing twice is harmless, using it closed an error."""
