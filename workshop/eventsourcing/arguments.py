"""What callers pass to a store, checked alike in every store."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from workshop.eventsourcing.clock import to_microseconds
from workshop.eventsourcing.errors import CodecError
from workshop.eventsourcing.event import Event

__all__ = [
    "UNLIMITED",
    "check_events",
    "check_forward",
    "check_stream",
    "encode_metadata",
    "latest",
    "most",
]

UNLIMITED = 2**63 - 1
"""Greater than any version, position or time that a store keeps."""


def check_stream(stream: str) -> None:
    """Raise `ValueError` for a name that no store could keep."""
    if not stream:
        raise ValueError("a stream needs a name, such as 'board-42'; this one is empty")
    try:
        stream.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"the stream's name {stream!r} is not valid Unicode: {error}") from error


def check_events(events: Sequence[Event]) -> list[Event]:
    """Give the events as a list, or raise `TypeError` if something else is among them."""
    if isinstance(events, Event):
        raise TypeError(f"events must be a sequence: put the {type(events).__name__} in a list")
    listed = list(events)  # an iterator could be read once only
    for index, event in enumerate(listed):
        if not isinstance(event, Event):
            raise TypeError(
                f"events[{index}] is a {type(event).__name__}, not an event: "
                f"derive its class from Event"
            )
    return listed


def encode_metadata(metadata: Mapping[str, str]) -> bytes:
    """Encode metadata as JSON, if it is text throughout."""
    try:
        return msgspec.json.encode(msgspec.convert(dict(metadata), dict[str, str]))
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        raise CodecError(f"metadata {metadata!r} must map strings to strings: {error}") from error


def most(limit: int | None) -> int:
    """Say how many events a read may yield."""
    if limit is not None and limit < 0:
        raise ValueError(f"limit must be 0 or more, or None for all; it is {limit}")
    return UNLIMITED if limit is None else limit


def latest(as_at: datetime | None) -> int:
    """Say up to which `recorded_at` a read may go."""
    return UNLIMITED if as_at is None else to_microseconds(as_at)


def check_forward(name: str, current: int, position: int) -> None:
    """Raise `ValueError` if the checkpoint would go back, and so repeat what was done."""
    if position < current:
        raise ValueError(
            f"checkpoint {name!r} is at position {current} and cannot go back to {position}; "
            f"to read again from the start, follow under another name"
        )
