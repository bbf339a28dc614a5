"""What can go wrong, each with its values as attributes and a message that says what to do."""

__all__ = [
    "CodecError",
    "ConcurrencyError",
    "EventSourcingError",
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
        self.stream = stream
        self.expected = expected
        self.actual = actual
        super().__init__(
            f"stream {stream!r} is at version {actual}, but version {expected} was expected; "
            f"load it again and decide again"
        )


class CodecError(EventSourcingError):
    """An event cannot be encoded, or stored data cannot be read as the event it claims to be.

    The message names the event and the field, and, once a store has read it, the position.
    """


class StoreError(EventSourcingError):
    """The store cannot do its work: its file is locked, full, read-only, damaged or closed.

    The message says which it is and what to do. Nothing that was stored is harmed.
    """
