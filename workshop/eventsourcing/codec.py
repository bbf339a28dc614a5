"""The codec: events to JSON with stable names and back, typed both ways.

What is stored outlives the classes that wrote it. So names are given, never derived from a
class or a module; stored data never chooses code; an event is written only if it comes back
equal, and read only if the data says precisely that.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from reprlib import repr as brief
from typing import get_args, get_type_hints
from uuid import UUID

import msgspec

from workshop.eventsourcing.errors import CodecError
from workshop.eventsourcing.event import EncodedEvent, Event
from workshop.eventsourcing.storable import check_storable
from workshop.eventsourcing.strictjson import check_same, parse
from workshop.eventsourcing.upcasting import Upcaster, UpcasterChain

__all__ = ["EncodedEvent", "EventCodec"]

_to_json = msgspec.json.Encoder().encode
_PLAIN = frozenset([str, int, bool, type(None), date, UUID])
"""If one value of such a class comes back equal, all do: no need to try each of them."""


class EventCodec:
    """Writes and reads the events of these classes, and no others.

    A datetime comes back as the same moment with the same UTC offset. The name of its zone is
    not kept, being a rule that may change and not a fact; if it matters, give it a field.

    Args:
        unions: Event classes, or unions of them, each of which must have a name.
        names: Stored names with their classes. Of several names for a class the first is
            written and all are read, so that a class and a name can both be changed.
        upcasters: How to read what was written under older schemas, in any order.

    Raises:
        CodecError: A class has no name, or might not come back equal, or an upcaster is
            missing; the message says what to do.
    """

    def __init__(
        self,
        *unions: object,
        names: Mapping[str, type[Event]],
        upcasters: Iterable[Upcaster] = (),
    ) -> None:
        upcasters = list(upcasters)
        self._known: dict[object, _EventType] = {}
        for cls in names.values():
            own = tuple(name for name in names if names[name] is cls)
            chain = UpcasterChain(own[0], [each for each in upcasters if each.name in own])
            self._known |= dict.fromkeys((cls, *own), _EventType(cls, own, chain))
        for needed in (*unions, *(each.name for each in upcasters)):
            for each in get_args(needed) or [needed]:
                self._find(each)

    def encode(self, event: Event) -> EncodedEvent:
        """Write an event under its name and today's schema.

        Raises:
            CodecError: It would not come back equal, such as when it holds something that its
                types do not allow; the message names event and field.
        """
        return self._find(type(event)).encode(event)

    def decode(self, encoded: EncodedEvent) -> Event:
        """Read an event, translating what was written under an older schema.

        Raises:
            CodecError: The name or schema is unknown, or the data is not precisely that of such
                an event; the message names event and field.
        """
        event_type = self._find(encoded.name)
        try:
            return event_type.decode(encoded)
        except Exception as error:  # whatever stored data causes, also in a class of the user's
            raise CodecError(f"stored event {encoded.name!r}: {error}") from error

    def names_of(self, event_type: type[Event]) -> tuple[str, ...]:
        """The name that is written for events of this class, then its aliases."""
        return self._find(event_type).names

    def _find(self, class_or_name: object) -> "_EventType":
        if class_or_name not in self._known:
            raise CodecError(f"{class_or_name!r} is unknown; add it to the codec's names")
        return self._known[class_or_name]


class _EventType:
    """One class of events."""

    def __init__(self, cls: type[Event], names: tuple[str, ...], chain: UpcasterChain) -> None:
        self.names, self._name, self._chain = names, names[0], chain
        try:
            check_storable(cls)
            self._from_json = msgspec.json.Decoder(cls).decode
            self._proven: set[tuple[type, ...]] = set()
            self._hints = get_type_hints(cls, include_extras=True)
        except Exception as error:  # whatever is wrong with a class of the user's
            raise CodecError(f"{cls!r} cannot be stored: {error}") from error

    def encode(self, event: Event) -> EncodedEvent:
        kinds = tuple(map(type, getattr(event, "__dict__", {}).values()))
        wrong: object = None
        try:
            data = _to_json(event)
            if kinds not in self._proven:
                if self._read(data) != event:
                    wrong = self._wrong_field(event)
                elif kinds and _PLAIN.issuperset(kinds):
                    self._proven.add(kinds)
        except Exception as error:
            wrong = self._wrong_field(event) or error
        if wrong:
            raise CodecError(f"event {self._name!r} cannot be stored: {wrong}")
        return EncodedEvent(self._name, self._chain.schema, data)

    def decode(self, encoded: EncodedEvent) -> Event:
        if encoded.schema == self._chain.schema:
            return self._read(encoded.data)
        return self._read(_to_json(self._chain.upcast(parse(encoded.data), encoded.schema)))

    def _read(self, data: bytes) -> Event:
        event = self._from_json(data)
        if (written := _to_json(event)) != data:  # the same bytes say the same
            check_same(data, written)
        if b"NaN" in data and self._from_json(data) != event:
            raise ValueError("it holds a NaN, which equals nothing, not even itself")
        return event

    def _wrong_field(self, event: Event) -> str | None:
        for name, hint in self._hints.items():
            value = getattr(event, name)
            try:
                read = msgspec.json.decode(_to_json(value), type=hint)
                # In an hour that a clock repeats, no moment of another zone is equal.
                if read == value or (isinstance(value, datetime) and str(read) == str(value)):
                    continue
            except Exception as error:
                return f"field {name}: {error}"
            return f"field {name}: {brief(value)} would come back as {brief(read)}"
        return None
