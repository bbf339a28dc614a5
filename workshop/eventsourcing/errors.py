"""What can go wrong, each with its values as attributes and a message that says what to do."""

__all__ = [
    "AggregateNotFoundError",
    "CodecError",
    "ConcurrencyError",
    "EventSourcingError",
    "HistoricalCopyError",
    "ProjectionError",
    "StoreError",
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
        super().__init__(
            f"stream {stream!r} is at version {actual}, but version {expected} was expected; "
            f"load it again and decide again"
        )
        self.stream, self.expected, self.actual = stream, expected, actual


class CodecError(EventSourcingError):
    """An event cannot be encoded, or stored data cannot be read as the event it claims to be.

    The message names the event and the field, and, once a store has read it, the position.
    """


class StoreError(EventSourcingError):
    """The store cannot do its work: its file or server is locked, full, read-only, damaged or away.

    The message says which it is and what to do. Nothing that was stored is harmed.
    """


class AggregateNotFoundError(EventSourcingError, LookupError):
    """There is no such aggregate, or there was none yet at the version or moment asked for.

    Attributes:
        stream: The aggregate's stream.
    """

    def __init__(self, stream: str, reason: str) -> None:
        super().__init__(f"stream {stream!r} {reason}")
        self.stream = stream


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
        super().__init__(
            f"projection {projection!r} failed at position {position} on {event!r}; "
            f"mend the projection and run it again: it goes on with this event"
        )
        self.projection, self.position, self.event = projection, position, event
