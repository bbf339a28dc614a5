"""The codec: events to JSON with stable names and back, typed both ways.

What is stored outlives the classes that wrote it. So names are given, never derived from a
class or a module; stored data never chooses code; and nothing is guessed: data that does not say
precisely what the event says is refused.
"""

from collections.abc import Iterable, Mapping

from workshop.eventsourcing.errors import CodecError
from workshop.eventsourcing.event import Event
from workshop.eventsourcing.event_type import EncodedEvent, EventType
from workshop.eventsourcing.fields import arms
from workshop.eventsourcing.upcasting import Upcaster, UpcasterChain

__all__ = ["EncodedEvent", "EventCodec"]


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
        self._types: dict[type, EventType] = {}
        for cls in dict.fromkeys(names.values()):
            own = tuple(name for name in names if names[name] is cls)
            chain = UpcasterChain(own[0], [each for each in upcasters if each.name in own])
            self._types[cls] = EventType(cls, own, chain)
        self._named = {name: self._types[cls] for name, cls in names.items()}

    def encode(self, event: Event) -> EncodedEvent:
        """Write an event under its name and today's schema.

        Raises:
            CodecError: It holds something that its types do not allow or JSON cannot hold; the
                message names event and field.
        """
        return self._type(type(event)).encode(event)

    def decode(self, encoded: EncodedEvent) -> Event:
        """Read an event, translating what was written under an older schema.

        Raises:
            CodecError: The name or schema is unknown, or the data is not precisely that of such
                an event; the message names event and field.
        """
        known = self._named.get(encoded.name)
        if known is None:
            raise CodecError(
                f"no event is known by the stored name {encoded.name!r}: "
                f"if its class was renamed, add the name to the codec's names"
            )
        try:
            return known.decode(encoded)
        except Exception as error:  # whatever stored data causes, also in a class of the user's
            raise CodecError(f"stored event {encoded.name!r}: {error}") from error

    def names_of(self, event_type: type[Event]) -> tuple[str, ...]:
        """The name that is written for events of this class, then its aliases."""
        return self._type(event_type).names

    def _type(self, cls: type) -> EventType:
        try:
            return self._types[cls]
        except KeyError:
            raise CodecError(f"{cls!r} has no stored name: add it to the codec's names") from None
