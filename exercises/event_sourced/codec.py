"""Events as text and back: what is stored outlives the classes that wrote it.

A stored event has a name that was given to it, the number of its schema, and its data
as JSON. None of them says where a class lies or what it is called today.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from workshop.eventsourcing import CodecError, EncodedEvent, Event

from .events import (
    BoardCreated,
    BoardDescribed,
    BoardDiscarded,
    BoardRenamed,
    ColumnAdded,
    ColumnInserted,
    ColumnRemoved,
    ColumnRenamed,
    WipLimitChanged,
    WorkItemAbandoned,
    WorkItemAdvanced,
    WorkItemContentChanged,
    WorkItemDiscarded,
    WorkItemDueDateChanged,
    WorkItemRegistered,
    WorkItemRenamed,
    WorkItemRetired,
    WorkItemScheduled,
)
from .upcasting import KANBAN_UPCASTERS, JsonObject, Upcasters

__all__ = ["NAMES", "EventCodec", "from_json", "kanban_codec", "to_json"]

NAMES: Mapping[str, type[Event]] = {
    "board-created": BoardCreated,
    "board-renamed": BoardRenamed,
    "board-described": BoardDescribed,
    "board-discarded": BoardDiscarded,
    "column-added": ColumnAdded,
    "column-inserted": ColumnInserted,
    "column-renamed": ColumnRenamed,
    "wip-limit-changed": WipLimitChanged,
    "column-removed": ColumnRemoved,
    "work-item-scheduled": WorkItemScheduled,
    "work-item-advanced": WorkItemAdvanced,
    "work-item-abandoned": WorkItemAbandoned,
    "work-item-retired": WorkItemRetired,
    "work-item-registered": WorkItemRegistered,
    "work-item-renamed": WorkItemRenamed,
    "work-item-due-date-changed": WorkItemDueDateChanged,
    "work-item-content-changed": WorkItemContentChanged,
    "work-item-discarded": WorkItemDiscarded,
}
"""What each event is called in the store. A class may be renamed; these names stay."""


class EventCodec:
    """Writes events, and reads them back equal.

    Args:
        names: Stored names with their classes. Of several names for a class the first
            is written and all are read, so that both a class and a name can change.
        upcasters: How to read the data of older schemas; none means that every event
            still has its first schema, 1.
    """

    def __init__(
        self,
        names: Mapping[str, type[Event]],
        *,
        upcasters: Upcasters | None = None,
    ) -> None:
        self._names = dict(names)
        self._upcasters = Upcasters({}) if upcasters is None else upcasters

    def encode(self, event: Event) -> EncodedEvent:  # step 8
        """Write an event: its stored name, its newest schema, and its fields as JSON.

        What is stored stays as it is, so nothing is written that cannot be read again.

        Raises:
            CodecError: The event's class has no stored name; or a field holds what
                cannot be written, or what its type does not allow. The message names
                the event and the field.
        """
        raise NotImplementedError("step 8: EventCodec.encode")

    def decode(self, encoded: EncodedEvent) -> Event:  # step 8
        """Read an event: the class that its name stands for, with the values it had.

        Raises:
            CodecError: The name is unknown; or a field is missing or unknown, or holds
                what its type does not allow. The message names the event and the field.
        """
        raise NotImplementedError("step 8: EventCodec.decode")

    def names_of(self, event_type: type[Event]) -> tuple[str, ...]:
        """All stored names of a class of events, the one that is written in front.

        Raises:
            CodecError: The class has none.
        """
        names = tuple(n for n, known in self._names.items() if known is event_type)
        if not names:
            raise CodecError(
                f"{event_type.__name__} has no stored name; add it to the codec's names"
            )
        return names

    def _data_of(self, encoded: EncodedEvent) -> JsonObject:
        """The data as today's schema has it, whichever schema it was written under."""
        try:
            data = json.loads(encoded.data)
        except ValueError as error:
            raise CodecError(
                f"{encoded.name}: its data is no JSON: {error}"
            ) from error
        if not isinstance(data, dict):
            raise CodecError(
                f"{encoded.name}: its data is no JSON object: {data!r}"
            )
        if encoded.schema == self._upcasters.newest(encoded.name):
            return data
        return self._upcasters.upcast(encoded.name, encoded.schema, data)


@contextmanager
def _naming(event: str, field: str) -> Iterator[None]:
    """Turn a `ValueError` into a `CodecError` that names the event and the field."""
    try:
        yield
    except ValueError as error:
        raise CodecError(f"{event}, field {field!r}: {error}") from error


def to_json(value: object) -> str | int | bool | None:  # step 8
    """Give the JSON value for a field's value.

    Texts, whole numbers, truth values and `None` are written as they are; a date and a
    moment as text in ISO form. A moment keeps its microseconds and its offset from UTC.

    Raises:
        ValueError: It is of another type, or a moment without a time zone.
    """
    raise NotImplementedError("step 8: to_json")


def from_json(value: object, kind: Any) -> object:  # step 8
    """Give the field's value for a JSON value, which has to be one of the field's type.

    Args:
        value: What JSON had: a text, a number, a truth value or `None`.
        kind: The field's type: `str`, `int`, `bool`, `date`, `datetime`, or one of them
            with `None`, such as `int | None`.

    Raises:
        ValueError: The value is not one of this type. The text of a date has no time of
            day, the text of a moment has a time zone, and a truth value is no number.
    """
    raise NotImplementedError("step 8: from_json")


def _types_in(kind: Any) -> tuple[type, ...]:
    """The types that a field's type allows: `int` and `NoneType` for `int | None`."""
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)


def kanban_codec() -> EventCodec:
    """The codec for everything that happens to boards and work items."""
    return EventCodec(NAMES, upcasters=KANBAN_UPCASTERS)
