"""The codec: events to JSON with stable names and back, typed both ways.

What is stored outlives the classes that wrote it. So names are given, never derived from a
class or a module; stored data never chooses code; and nothing is guessed: data that does not say
precisely what the event says is refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import msgspec

from workshop.eventsourcing.errors import CodecError
from workshop.eventsourcing.event import Event
from workshop.eventsourcing.fields import arms, fields_of

from workshop.eventsourcing.upcasting import Upcaster, UpcasterChain
from workshop.eventsourcing.values import Field, attributes, wrong_value

__all__ = ["EncodedEvent", "EventCodec"]

_to_json = msgspec.json.Encoder(order="deterministic").encode  # sets are sorted


class EncodedEvent(NamedTuple):
    """An event as it is stored.

    Attributes:
        name: The stored name, which stands for the event's class.
        schema: The version of the data's layout, from 1: each upcaster adds 1.
        data: A JSON object, UTF-8.
    """

    name: str
    schema: int
    data: bytes


class EventCodec:
    """Writes and reads the events of these classes, and no others.

    Datetimes come back as the same moment with the same UTC offset. The name of a zone is not
    kept: it is a rule that may change, not a fact; give it a field of its own if it matters.

    Args:
        unions: Event classes, or unions of them, each of which must have a name.
        names: Stored names with their classes. Of several names for a class the first is
            written, and all are read: so a class can be renamed, and so can a name.
        upcasters: How to read what was written under older schemas, in any order.

    Raises:
        CodecError: A class has no name, cannot be stored and read back equal, or an upcaster
            is missing; the message says what to do.
    """

    def __init__(
        self,
        *unions: object,
        names: Mapping[str, type[Event]],
        upcasters: Iterable[Upcaster] = (),
    ) -> None:
        nameless = [cls for union in unions for cls in arms(union) if cls not in names.values()]
        if nameless:
            raise CodecError(f"{nameless[0]!r} has no stored name: add it to the codec's names")
        upcasters = tuple(upcasters)
        strays = [upcaster for upcaster in upcasters if upcaster.name not in names]
        if strays:
            raise CodecError(f"there is no event {strays[0].name!r} for {strays[0]}")
        self._types = {
            cls: _EventType.of(cls, names, upcasters) for cls in dict.fromkeys(names.values())
        }
        self._by_name = {name: self._types[cls] for name, cls in names.items()}

    def encode(self, event: Event) -> EncodedEvent:
        """Write an event under its name and today's schema.

        Raises:
            CodecError: It holds something else than its types say, or something that JSON
                cannot hold; the message names event and field.
        """
        known = self._known(type(event))
        values = attributes(known.fields, event)
        if wrong := problem(known.fields, values):
            raise CodecError(f"cannot store {known.names[0]!r}: {wrong}")
        try:
            return EncodedEvent(known.names[0], known.chain.schema, _to_json(event))
        except ValueError as error:
            ...

    def decode(self, encoded: EncodedEvent) -> Event:
        ...

    def names_of(self, event_type: type[Event]) -> tuple[str, ...]:
        """The name that is written for a class of events, then its aliases."""
        return self._known(event_type).names
