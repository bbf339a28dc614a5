"""The codec: events to JSON with stable names and back, typed both ways.

What is stored outlives the classes that wrote it. So names are given, never derived from a
class or a module; stored data never chooses code; an event is written only if it comes back
equal, and read only if the data says precisely that.
"""

from collections.abc import Mapping, Sequence
from typing import get_args

from .errors import CodecError
from .event import EncodedEvent, Event
from .event_type import EventType
from .upcasting import Upcaster

__all__ = ["EncodedEvent", "EventCodec"]


class EventCodec:
    """Writes and reads the events of these classes, and no others.

    A datetime comes back as the same moment with the same UTC offset. The name of its zone is
    not kept, being a rule that may change and not a fact; if it matters, give it a field.

    Args:
        unions: Event classes, or unions of them, each of which must have a name.
        names: Stored names with their classes. Of several names for a class the first is
            written and all are read, so that a class and a name can both be changed.
        upcasters: How to read what was written under older schemas: for a class, the translation
            from schema 1 to 2, then from 2 to 3, and so on. Each adds a schema.

    Raises:
        CodecError: A class has no name, or might not come back equal; the message says what to
            do.
    """

    def __init__(
        self,
        *unions: object,
        names: Mapping[str, type[Event]],
        upcasters: Mapping[type[Event], Sequence[Upcaster]] = {},
    ) -> None:
        self._by_class, self._by_name = _EventTypes(), _EventTypes()
        for cls in names.values():
            own = tuple(name for name in names if names[name] is cls)
            self._by_class[cls] = EventType(cls, own, upcasters.get(cls, ()))
            self._by_name |= dict.fromkeys(own, self._by_class[cls])
        for needed in (*unions, *upcasters):
            union = getattr(needed, "__value__", needed)  # of what a `type` statement names
            for each in get_args(union) or [union]:
                _ = self._by_class[each]  # or the error that says what is missing

    def encode(self, event: Event) -> EncodedEvent:
        """Write an event under its name and today's schema.

        Raises:
            CodecError: It would not come back equal, such as when it holds something that its
                types do not allow; the message names event and field.
        """
        return self._by_class[type(event)].encode(event)

    def decode(self, encoded: EncodedEvent) -> Event:
        """Read an event, translating what was written under an older schema.

        Raises:
            CodecError: The name or schema is unknown, or the data is not precisely that of such
                an event; the message names event and field.
        """
        name, schema, data = encoded
        event_type = self._by_name[name]
        try:
            return event_type.decode(schema, data)
        except Exception as error:  # whatever stored data causes, also in a class of the user's
            raise CodecError(f"stored event {name!r}: {error}") from error

    def names_of(self, event_type: type[Event]) -> tuple[str, ...]:
        """The name that is written for events of this class, then its aliases."""
        return self._by_class[event_type].names


class _EventTypes(dict[object, EventType]):
    """By class, or by stored name."""

    def __missing__(self, class_or_name: object) -> EventType:
        raise CodecError(f"{class_or_name!r} is unknown; add it to the codec's names")
