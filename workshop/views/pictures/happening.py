"""What a timeline tells of an event: its name, its fields, and where and when it was recorded."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime

from workshop.eventsourcing import Event

from .asking import CannotDrawError, ask, capitalised, kind, offers, words

__all__ = ["Happening", "is_event", "read_happening"]

MAX_FIELDS = 12


@dataclass(frozen=True, slots=True)
class Happening:
    """An event in words.

    Attributes:
        name: The name of its class.
        fields: Its fields, such as `work_item_id='item-1'`.
        version: Its place in its stream, as it came from the store; else `None`.
        stream: The stream's name; else `None`.
        recorded: When it was recorded, and its position; empty for a bare event.
    """

    name: str
    fields: tuple[str, ...]
    version: str | None = None
    stream: str | None = None
    recorded: str = ""

    @property
    def told(self) -> str:
        """The fields on one line."""
        return ", ".join(self.fields)


def is_event(value: object) -> bool:
    """Whether it can stand in a timeline: an event from a store, or one of its own."""
    return _is_stored(value) or _is_bare(value)


def _is_stored(value: object) -> bool:
    return not isinstance(value, type) and offers(value, "event") and offers(value, "version")


def _is_bare(value: object) -> bool:
    return not isinstance(value, type) and (isinstance(value, Event) or is_dataclass(value))


def read_happening(value: object, called: str) -> Happening:
    """Ask an event for everything that is told of it.

    Args:
        value: An event from a store, or a bare one.
        called: What messages call it.

    Raises:
        CannotDrawError: It is neither, or not all of it can be read.
    """
    if not _is_stored(value):
        return _bare(value, called)
    event = _bare(ask(value, "event", called), f"the `event` of {called}")
    moment = ask(value, "recorded_at", called) if offers(value, "recorded_at") else None
    place = ask(value, "position", called) if offers(value, "position") else None
    where = [
        f"recorded {_time(moment)}" if moment is not None else "",
        f"position {words(place, 20)}" if place is not None else "",
    ]
    return Happening(
        event.name,
        event.fields,
        version=words(ask(value, "version", called), 20),
        stream=words(ask(value, "stream", called), 80) if offers(value, "stream") else None,
        recorded=", ".join(filter(None, where)),
    )


def _bare(event: object, called: str) -> Happening:
    if not _is_bare(event):
        raise CannotDrawError(
            f"{capitalised(called)} is {kind(event)}, and no event: an event is a "
            "dataclass, or has one as its `event`."
        )
    names = [field.name for field in fields(event)] if is_dataclass(event) else []
    told = [f"{name}={words(ask(event, name, called), 80, repr)}" for name in names[:MAX_FIELDS]]
    left_out = len(names) - len(told)
    more = [f"and {left_out} more"] if left_out else []
    return Happening(words(type(event).__name__, 80), (*told, *more))


def _time(moment: object) -> str:
    """In UTC, as stores keep it, so that the same events look the same everywhere."""
    if not isinstance(moment, datetime):
        return words(moment, 40)
    try:
        if moment.utcoffset() is None:
            return f"{moment:%Y-%m-%d %H:%M:%S}, without a time zone"
        return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (OverflowError, ValueError):
        return words(moment, 40)
