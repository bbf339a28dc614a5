"""The codec: events to JSON with stable names and back, typed both ways.

What is stored outlives the classes that wrote it. So names are given, never derived from a
class or a module; stored data never chooses code; an event is written only if it comes back
equal, and read only if the data says precisely that.
"""

from collections.abc import Iterable, Mapping
from typing import get_args

from .errors import CodecError
from .event import EncodedEvent, Event
from .event_type import EventType
from .upcasting import Upcaster, UpcasterChain

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
        self._known = _EventTypes()
        for cls in names.values():
            own = tuple(name for name in names if names[name] is cls)
            chain = UpcasterChain(own[0], [each for each in upcasters if each.name in own])
            self._known |= dict.fromkeys((cls, *own), EventType(cls, own, chain))
        for needed in (*unions, *(each.name for each in upcasters)):
            for each in get_args(needed) or [needed]:
                _ = self._known[each]

    def encode(self, event: Event) -> EncodedEvent:
        """Write an event under its name and today's schema.

        Raises:
            CodecError: It would not come back equal, such as when it holds something that its
                types do not allow; the message names event and field.
        """
        return self._known[type(event)].encode(event)

    def decode(self, encoded: EncodedEvent) -> Event:
        """Read an event, translating what was written under an older schema.

        Raises:
            CodecError: The name or schema is unknown, or the data is not precisely that of such
                an event; the message names event and field.
        """
        name, schema, data = encoded
        event_type = self._known[name]
        try:
            return event_type.decode(schema, data)
        except Exception as error:  # whatever stored data causes, also in a class of the user's
            raise CodecError(f"stored event {name!r}: {error}") from error

    def names_of(self, event_type: type[Event]) -> tuple[str, ...]:
        """The name that is written for events of this class, then its aliases."""
        return self._known[event_type].names


class _EventTypes(dict[object, EventType]):
    """By class and by stored name."""

    def __missing__(self, class_or_name: object) -> EventType:
        raise CodecError(f"{class_or_name!r} is unknown; add it to the codec's names")
