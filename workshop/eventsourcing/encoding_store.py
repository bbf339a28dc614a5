"""What every store does alike, wherever it keeps its records."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import TypeAlias

import msgspec

from .codec import EventCodec
from .errors import CodecError
from .event import EncodedEvent, Event, StoredEvent
from .record import UNLIMITED, Query, Record, decode, microseconds
from .store import Appended, EventStore

__all__ = ["Clock", "EncodingStore", "cannot_go_back", "utc_now"]

Clock: TypeAlias = Callable[[], datetime]
"""Tells the time, with a time zone. Tests pass their own; the machine's is `utc_now`."""

utc_now: Clock = partial(datetime.now, UTC)


class EncodingStore(EventStore):
    """Checks and encodes what is written, and decodes what is read; the rest is its subclasses'."""

    def __init__(self, codec: EventCodec, clock: Clock) -> None:
        self._codec = codec
        self._clock = clock

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        *,
        expected_version: int | None,
        metadata: Mapping[str, str] | None = None,
    ) -> Appended:
        _check_stream(stream)
        if isinstance(events, Event):
            raise TypeError(f"events must be a sequence: put the {type(events).__name__} in a list")
        encoded = list(map(self._codec.encode, events))
        attached = _encode_metadata(metadata) if metadata else b"{}"
        return self._append(stream, expected_version, encoded, attached)

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
        _check_stream(stream)
        until = UNLIMITED if until is None else until
        latest = UNLIMITED if as_at is None else microseconds(as_at)
        return self._decoded(Query(stream, (), after, until, latest, backwards, limit))

    def read_all(
        self, *, after: int = 0, types: Sequence[type[Event]] = (), limit: int | None = None
    ) -> Iterator[StoredEvent[Event]]:
        names = sorted({name for event_type in types for name in self._codec.names_of(event_type)})
        return self._decoded(Query(None, names, after, limit=limit))

    @abstractmethod
    def _append(
        self, stream: str, expected: int | None, encoded: Sequence[EncodedEvent], metadata: bytes
    ) -> Appended:
        """Number, date and keep the events, if the stream is at the expected version."""

    @abstractmethod
    def _select(self, query: Query) -> Iterable[Record]:
        """Find the records; more than the limit do no harm."""

    def _decoded(self, query: Query) -> Iterator[StoredEvent[Event]]:
        if query.limit is not None and query.limit < 0:
            raise ValueError(f"limit must be 0 or more, or None for all; it is {query.limit}")
        return map(partial(decode, self._codec), islice(self._select(query), query.limit))


def cannot_go_back(name: str, current: int, position: int) -> ValueError:
    """The error of a checkpoint that was to move back."""
    where = f"checkpoint {name!r} is at {current} and cannot go back to {position}"
    return ValueError(f"{where}; to read all again, follow under another name")


def _check_stream(stream: str) -> None:
    if not stream or stream != stream.encode(errors="replace").decode():
        raise ValueError(f"a stream needs a name of valid Unicode like 'board-42', not {stream!r}")


def _encode_metadata(metadata: Mapping[str, str]) -> bytes:
    try:
        return msgspec.json.encode(msgspec.convert(dict(metadata), dict[str, str]))
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        raise CodecError(f"metadata {metadata!r} must map strings to strings: {error}") from error
