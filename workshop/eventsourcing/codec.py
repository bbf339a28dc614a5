"""The codec: events to JSON with stable names and back, typed both ways.

What is stored outlives the classes that wrote it. So names are given, never derived from a
class or a module; stored data never chooses code; and nothing is guessed: data that does not say
precisely what the event says is refused.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from workshop.eventsourcing.errors import CodecError
from workshop.eventsourcing.event import Event
from workshop.eventsourcing.fields import arms, event_fields
from workshop.eventsourcing.strictjson import check_same, parse
from workshop.eventsourcing.upcasting import Upcaster, UpcasterChain
from workshop.eventsourcing.values import wrong_field

__all__ = ["EncodedEvent", "EventCodec"]

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
        CodecError: A class has no name, or could not be read back equal, or an upcaster is
            missing; the message says what to do.
    """

    def __init__(
        self,
        *unions: object,
        names: Mapping[str, type[Event]],
        upcasters: Iterable[Upcaster] = (),
    ) -> None:
        for cls in (cls for union in unions for cls in arms(union)):
            if cls not in names.values():
                raise CodecError(f"{cls!r} has no stored name: add it to the codec's names")
        upcasters = tuple(upcasters)
        for upcaster in upcasters:
            if upcaster.name not in names:
                raise CodecError(f"{upcaster} translates {upcaster.name!r}, which is no event here")
        self._kinds: dict[type, _Kind] = {}
        for cls in names.values():
            own = tuple(name for name in names if names[name] is cls)
            chain = UpcasterChain(own[0], [each for each in upcasters if each.name in own])
            self._kinds[cls] = _Kind(cls, own, chain)
        self._named = {name: self._kinds[cls] for name, cls in names.items()}

    def encode(self, event: Event) -> EncodedEvent:
        """Write an event under its name and today's schema.

        Raises:
            CodecError: It holds something that its types do not allow or JSON cannot hold; the
                message names event and field.
        """
        return self._kind(type(event)).encode(event)

    def decode(self, encoded: EncodedEvent) -> Event:
        """Read an event, translating what was written under an older schema.

        Raises:
            CodecError: The name or schema is unknown, or the data is not precisely that of such
                an event; the message names event and field.
        """
        kind = self._named.get(encoded.name)
        if kind is None:
            raise CodecError(
                f"no event is known by the stored name {encoded.name!r}: "
                f"if its class was renamed, add the name to the codec's names"
            )
        try:
            return kind.decode(encoded)
        except Exception as error:  # whatever stored data causes, also in a class of the user's
            raise CodecError(f"stored event {encoded.name!r}: {error}") from error

    def names_of(self, event_type: type[Event]) -> tuple[str, ...]:
        """The name that is written for events of this class, then its aliases."""
        return self._kind(event_type).names

    def _kind(self, cls: type) -> "_Kind":
        try:
            return self._kinds[cls]
        except KeyError:
            raise CodecError(f"{cls!r} has no stored name: add it to the codec's names") from None


class _Kind:
    """One class of events, with all that is needed to write and to read it."""

    def __init__(self, cls: type[Event], names: tuple[str, ...], chain: UpcasterChain) -> None:
        self._cls, self.names, self._chain = cls, names, chain
        try:
            self._fields = event_fields(cls)
            self._from_json = msgspec.json.Decoder(cls).decode
        except (TypeError, NameError, NotImplementedError) as error:
            raise CodecError(f"{cls!r} cannot be stored: {error}") from error
        self._open_fields = [field for field in self._fields if field.is_open]

    def encode(self, event: Event) -> EncodedEvent:
        if wrong := wrong_field(self._fields, event):
            raise CodecError(f"event {self.names[0]!r} cannot be stored: field {wrong}")
        try:
            return EncodedEvent(self.names[0], self._chain.schema, _to_json(event))
        except ValueError as error:  # a lone surrogate, or an int of thousands of digits
            where = next(f.name for f in self._fields if not _is_json(getattr(event, f.name)))
            raise CodecError(
                f"event {self.names[0]!r} cannot be stored: field {where}: {error}"
            ) from error

    def decode(self, encoded: EncodedEvent) -> Event:
        if encoded.schema == self._chain.schema:
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
