"""One class of events: what is written comes back equal, and nothing else is read.

To read is also to write again, and to find the same bytes; to write is also to read back, and to
find an equal event, unless `Proof` covers it.
"""

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from reprlib import repr as brief
from typing import Any

import msgspec

from .errors import CodecError
from .event import EncodedEvent, Event
from .proof import Proof
from .storable import storable_fields
from .upcasting import Upcaster, upcast

__all__ = ["EventType"]

_to_json = msgspec.json.Encoder().encode
_new = tuple.__new__  # a named tuple's constructor takes three times as long


class EventType:
    """Writes and reads the events of one class.

    Args:
        cls: The class.
        names: The stored name, then its aliases.
        upcasters: From schema 1 to 2, from 2 to 3, and so on.

    Raises:
        CodecError: Events of the class could change, or might not come back equal.
    """

    def __init__(
        self, cls: type[Event], names: tuple[str, ...], upcasters: Sequence[Upcaster]
    ) -> None:
        self.names, self._name = names, names[0]
        self._upcasters, self._schema = upcasters, len(upcasters) + 1
        try:
            self._types = storable_fields(cls)
            self._from_json = msgspec.json.Decoder(cls).decode
        except Exception as error:  # whatever is wrong with a class of the user's
            raise CodecError(f"{cls!r} cannot be stored: {error}") from error
        self._proof = Proof()

    def encode(self, event: Event) -> EncodedEvent:
        """Write an event; `CodecError` if it would not come back equal."""
        try:
            data = _to_json(event)
            if not self._proof.covers(event):
                self._prove(event, data)
        except Exception as error:
            wrong = self._wrong_field(event) or error
            raise CodecError(f"event {self._name!r} cannot be stored: {wrong}") from error
        return _new(EncodedEvent, (self._name, self._schema, data))

    def decode(self, schema: int, data: bytes) -> Event:
        """Read what was written under a schema; any error if it is not precisely an event."""
        if schema != self._schema:
            newer = upcast(_parse(data), schema, self._upcasters)
            # Not by msgspec, which would write null for a number that JSON cannot hold.
            data = json.dumps(newer, allow_nan=False, separators=(",", ":")).encode()
        event = self._from_json(data)
        if (written := _to_json(event)) != data:  # the same bytes say the same
            _check_same(data, written)
        if b"NaN" in data and self._from_json(data) != event:
            raise ValueError("it holds a NaN, which equals nothing, not even itself")
        return event

    def _prove(self, event: Event, data: bytes) -> None:
        read = self.decode(self._schema, data)
        if read == event:
            self._proof.learn(event, read)
        elif wrong := self._wrong_field(event):
            raise ValueError(wrong)

    def _wrong_field(self, event: Event) -> str | None:
        for name, hint in self._types.items():
            value = getattr(event, name)
            try:
                read = msgspec.json.decode(_to_json(value), type=hint)
                if _same(read, value):
                    continue
            except Exception as error:
                return f"field {name}: {error}"
            return f"field {name}: {brief(value)} would come back as {brief(read)}"
        return None


def _same(read: Any, value: Any) -> bool:
    """Compare; in an hour that a clock repeats, Python finds no moment equal to one elsewhere."""
    match value:
        case datetime():
            return str(read) == str(value)
        case tuple() if type(read) is tuple and len(read) == len(value):
            return all(map(_same, read, value))
        case _ if is_dataclass(value) and type(read) is type(value):
            return all(_same(getattr(read, f.name), getattr(value, f.name)) for f in fields(value))
        case _:
            return bool(read == value)


def _parse(data: bytes) -> Any:
    """Read JSON; `ValueError` if an object has two values for a key."""
    return json.loads(data, object_pairs_hook=_object)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"field {key} is there twice")
        found[key] = value
    return found


def _check_same(stored: bytes, written: bytes) -> None:
    """Compare a stored object with what would be written for the event that was read from it.

    The order of keys may differ, the spelling of numbers, and that of UTC in a moment.

    Raises:
        ValueError: A field is unknown, or says something else.
    """
    found, right = (_parse(text.replace(b'+00:00"', b'Z"')) for text in (stored, written))
    for name, value in found.items():
        if name not in right:
            raise ValueError(f"field {name} is unknown")
        if value != right[name]:
            raise ValueError(f"field {name} is {brief(value)}, and not {brief(right[name])}")
