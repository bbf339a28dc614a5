"""What can go wrong, each with its values as attributes and a message that says what to do."""

from datetime import datetime

__all__ = [
    "AggregateNotFoundError",
    "CodecError",
    "ConcurrencyError",
    "EventSourcingError",
    "HistoricalCopyError",
    "ProjectionError",
    "StoreError",
    "VersionNotFoundError",
]


class EventSourcingError(Exception):
    """Any error that this package raises on purpose."""


class ConcurrencyError(EventSourcingError):
    """Somebody else appended to the stream first; nothing of this append was written.

    Attributes:
        stream: The stream's name.
        expected: The version that the writer had seen.
        actual: The version that the stream is at.
    """

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(stream, expected, actual)  # so that it can be pickled
        self.stream = stream
        self.expected = expected
        self.actual = actual

    def __str__(self) -> str:
        return (
            f"stream {self.stream!r} is at version {self.actual}, but version {self.expected} "
            f"was expected; load it again and decide again"
        )


class CodecError(EventSourcingError):
    """An event cannot be encoded, or stored data cannot be read as the event it claims to be.

    The message names the event and the field, and, once a store has read it, the position.
    """


class StoreError(EventSourcingError):
    """The store cannot do its work: its file is locked, full, read-only, damaged or closed.

    The message says which it is and what to do. Nothing that was stored is harmed.
    """


class AggregateNotFoundError(EventSourcingError, LookupError):
    """There is no such aggregate, or there was none yet at the moment asked for.

    Attributes:
        stream: The stream that has no events.
        as_at: The moment asked for; None is now.
    """

    def __init__(self, stream: str, as_at: datetime | None = None) -> None:
        super().__init__(stream, as_at)
        self.stream = stream
        self.as_at = as_at

    def __str__(self) -> str:
        if self.as_at:
            return f"stream {self.stream!r} had no events as at {self.as_at}; ask for a later time"
        return f"stream {self.stream!r} has no events; check the id, or save the aggregate first"


class VersionNotFoundError(EventSourcingError, LookupError):
    """The aggregate has not reached the version that was asked for.

    Attributes:
        stream: The aggregate's stream.
        asked: The version that was asked for.
        actual: The version that it is at.
    """

    def __init__(self, stream: str, asked: int, actual: int) -> None:
        super().__init__(stream, asked, actual)
        self.stream = stream
        self.asked = asked
        self.actual = actual

    def __str__(self) -> str:
        return (
            f"stream {self.stream!r} is at version {self.actual}, so there is no version "
            f"{self.asked}; ask for 1 to {self.actual}"
        )


class HistoricalCopyError(EventSourcingError):
    """A copy that was got with `at_version` or `as_at` is read-only: the past does not change."""


class ProjectionError(EventSourcingError):
    """A projection failed on an event and stopped in front of it; other projections go on.

    Attributes:
        projection: The projection's name.
        position: The event's position; everything before it has had its effect.
        event: The event.
    """

    def __init__(self, projection: str, position: int, event: object) -> None:
        super().__init__(projection, position, event)
        self.projection = projection
        self.position = position
        self.event = event

    def __str__(self) -> str:
        return (
            f"projection {self.projection!r} failed at position {self.position} on {self.event!r}; "
            f"mend it and run it again: it goes on from there"
        )
