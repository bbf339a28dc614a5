"""One class of events: how it is written as JSON, and read back as precisely what was written."""

from typing import NamedTuple

import msgspec

from workshop.eventsourcing.errors import CodecError
from workshop.eventsourcing.event import Event
from workshop.eventsourcing.fields import event_fields
from workshop.eventsourcing.strictjson import check_same, parse
from workshop.eventsourcing.upcasting import UpcasterChain
from workshop.eventsourcing.values import wrong_field

__all__ = ["EncodedEvent", "EventType"]

_to_json = msgspec.json.Encoder(order="deterministic").encode  # sets are sorted


class EncodedEvent(NamedTuple):
    """An event as it is stored.

    Attributes:
        name: The stored name, which stands for the event's class.
        schema: The version of the data's layout, from 1; each upcaster adds 1.
        data: A JSON object, UTF-8.
    """

    name: str
    schema: int
    data: bytes


class EventType:
    """One class of events, with all that is needed to write and to read it."""

    def __init__(self, cls: type[Event], names: tuple[str, ...], chain: UpcasterChain) -> None:
        self._cls, self._chain, self._schema = cls, chain, chain.schema
        self.names, self._name = names, names[0]
        try:
            self._fields = event_fields(cls)
            self._from_json = msgspec.json.Decoder(cls).decode
        except (TypeError, NameError, NotImplementedError) as error:
            raise CodecError(f"{cls!r} cannot be stored: {error}") from error
        self._open_fields = [field for field in self._fields if field.is_open]

    def encode(self, event: Event) -> EncodedEvent:
        """Write an event: see `EventCodec.encode`."""
        if wrong := wrong_field(self._fields, event):
            raise CodecError(f"event {self._name!r} cannot be stored: field {wrong}")
        try:
            return EncodedEvent(self._name, self._schema, _to_json(event))
        except ValueError as error:  # a lone surrogate, or an int of thousands of digits
            where = next(f.name for f in self._fields if not _is_json(getattr(event, f.name)))
            raise CodecError(
                f"event {self._name!r} cannot be stored: field {where}: {error}"
            ) from error

    def decode(self, encoded: EncodedEvent) -> Event:
        """Read an event; whatever the data is not, is raised as it comes."""
        if encoded.schema == self._schema:
            event = self._from_json(encoded.data)
            if _to_json(event) != encoded.data:  # the same bytes say the same
                check_same(parse(encoded.data), parse(_to_json(event)))
        else:
            data = self._chain.upcast(parse(encoded.data), encoded.schema)
            event = msgspec.convert(data, self._cls)
            check_same(data, parse(_to_json(event)))
        if wrong := wrong_field(self._open_fields, event):
            raise ValueError(f"field {wrong}")
        return event


def _is_json(value: object) -> bool:
    try:
        _to_json(value)
    except ValueError:
        return False
    return True
