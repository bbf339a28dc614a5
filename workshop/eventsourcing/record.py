"""An event as stores keep it: numbered, dated and encoded; and how records are asked for."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import msgspec

from .codec import EncodedEvent, EventCodec
from .errors import CodecError
from .event import Event, StoredEvent

__all__ = ["UNLIMITED", "Query", "Record", "decode", "microseconds"]

UNLIMITED = 2**63 - 1
"""Beyond any version, position or time that a store keeps; so is its negative."""

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_metadata = msgspec.json.Decoder(dict[str, str])
_new = tuple.__new__  # a named tuple's constructor takes three times as long


class Record(NamedTuple):
    """An event in the order of the columns of table `events`.

    `recorded_at` is counted by `microseconds`; `data` and `metadata` are JSON.
    """

    position: int
    stream: str
    version: int
    recorded_at: int
    name: str
    schema: int
    data: bytes
    metadata: bytes


class Query(NamedTuple):
    """Which records are read: those of a stream by version, or of all streams by position.

    They come after `after`, up to and including `until`, and were recorded at `latest` or earlier.
    No names means every name.
    """

    stream: str | None
    names: Sequence[str] = ()
    after: int = 0
    until: int = UNLIMITED
    latest: int = UNLIMITED
    backwards: bool = False
    limit: int | None = None


def decode(codec: EventCodec, record: Record) -> StoredEvent[Event]:
    """Turn a record back into the event in its envelope.

    Raises:
        CodecError: The record cannot be read; the message says where it is.
    """
    position, stream, version, moment, name, schema, data, metadata = record
    try:
        event = codec.decode(_new(EncodedEvent, (name, schema, data)))
        recorded_at, attached = _moment(moment), _metadata.decode(metadata)
    except (CodecError, msgspec.DecodeError, OverflowError) as error:
        where = f"stream {stream!r}, version {version}, position {position}"
        raise CodecError(f"{error} (at {where})") from error
    return _new(StoredEvent, (stream, version, position, recorded_at, event, attached))


def microseconds(moment: datetime) -> int:
    """Count the microseconds since 1970 began in UTC; an integer, so that nothing is rounded."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} has no time zone; give it one, as in datetime.now(UTC)")
    return (moment - _EPOCH) // _MICROSECOND


@lru_cache(maxsize=64)  # events that were recorded together share their moment
def _moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)
