"""What every store does alike: check and encode before it writes, decode when it reads."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from workshop.eventsourcing.arguments import check_events, check_stream, encode_metadata
from workshop.eventsourcing.clock import from_microseconds
from workshop.eventsourcing.codec import EncodedEvent, EventCodec
from workshop.eventsourcing.errors import CodecError, ConcurrencyError
from workshop.eventsourcing.event import Event, StoredEvent

__all__ = ["Batch", "Record", "decode_record"]

_metadata = msgspec.json.Decoder(dict[str, str])


class Record(NamedTuple):
    """An event as a store keeps it, in the order of the columns of table `events`.

    `recorded_at` counts microseconds since 1970, UTC; `data` and `metadata` are JSON.
    """

    position: int
    stream: str
    version: int
    recorded_at: int
    name: str
    schema: int
    data: bytes
    metadata: bytes


class Batch:
    """The events of one append, checked and encoded before the store is touched.

    Raises:
        ValueError: The stream's name is empty, or is not text that can be stored.
        TypeError: Something other than a sequence of events was given.
        CodecError: An event or the metadata cannot be encoded.
    """

    def __init__(
        self,
        codec: EventCodec,
        stream: str,
        events: Sequence[Event],
        metadata: Mapping[str, str] | None,
    ) -> None:
        check_stream(stream)
        self._stream = stream
        self._encoded = [codec.encode(event) for event in check_events(events)]
        self._metadata = encode_metadata(metadata or {})

    def __len__(self) -> int:
        return len(self._encoded)

    def check_version(self, expected: int | None, actual: int) -> None:
        """Raise `ConcurrencyError` unless the writer has seen the stream's last event."""
        if expected is not None and expected != actual:
            raise ConcurrencyError(self._stream, expected, actual)

    def records(self, version: int, position: int, recorded_at: int) -> list[Record]:
        """Number the events on from the stream's version and the store's last position."""
        stream, metadata = self._stream, self._metadata
        return [
            Record(position + n, stream, version + n, recorded_at, name, schema, data, metadata)
            for n, (name, schema, data) in enumerate(self._encoded, start=1)
        ]

    def rows(self, version: int, position: int, recorded_at: int) -> list[tuple[object, ...]]:
        """Do as `records`, with the JSON as text, which a database shows as such."""
        stream, metadata = self._stream, self._metadata.decode()
        return [
            (position + n, stream, version + n, recorded_at, name, schema, data.decode(), metadata)
            for n, (name, schema, data) in enumerate(self._encoded, start=1)
        ]


def decode_record(codec: EventCodec, record: Record) -> StoredEvent[Event]:
    """Turn a record back into the event in its envelope.

    Raises:
        CodecError: The record cannot be read; the message says where it is.
    """
    position, stream, version, recorded_at, name, schema, data, metadata = record
    try:
        return StoredEvent(
            stream=stream,
            version=version,
            position=position,
            recorded_at=from_microseconds(recorded_at),
            event=codec.decode(EncodedEvent(name, schema, data)),
            metadata=_metadata.decode(metadata),
        )
    except (CodecError, msgspec.DecodeError, OverflowError) as error:
        where = f"stream {stream!r}, version {version}, position {position}"
        raise CodecError(f"{error} (at {where})") from error
