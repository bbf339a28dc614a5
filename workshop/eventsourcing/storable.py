"""Which events can be stored: those that never change, and that JSON gives back equal."""

from dataclasses import fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, TypeAlias, get_type_hints
from uuid import UUID

from msgspec import Meta, inspect

from .event import Event

__all__ = ["Moment", "storable_fields"]

Moment: TypeAlias = Annotated[datetime, Meta(tz=True)]
"""A datetime with a time zone: without one, nobody can say when it was."""

# Without constraints such as "at least 0": a value that breaks one could be written, but not read.
_PLAIN = [
    inspect.type_info(plain)
    for plain in (str, int, bool, float, None, Decimal, UUID, date, Moment, timedelta)
]
_STORABLE = "str, int, bool, float, Decimal, date, Moment, timedelta, UUID, None, an Enum"
_ON_DEFAULTS = "which would fill in older data silently; remove it, and write an Upcaster"


def storable_fields(cls: Any) -> dict[str, Any]:
    """Tell the fields of a class of events, with their types.

    Raises:
        TypeError: Its events could change, or might not come back equal; the message says which
            field, and what to do.
    """
    _check(inspect.type_info(cls), cls.__name__)
    if not issubclass(cls, Event) or not all(field.kw_only for field in fields(cls)):
        raise TypeError("it must be an Event, with @dataclass(frozen=True, kw_only=True)")
    types = get_type_hints(cls, include_extras=True)
    return {field.name: types[field.name] for field in fields(cls)}


def _check(kind: inspect.Type, where: str) -> None:
    match kind:
        case inspect.DataclassType(cls=cls, fields=members):
            params = vars(cls).get("__dataclass_params__")
            if not (params and params.frozen and params.eq):
                raise TypeError(f"{where} needs @dataclass(frozen=True, kw_only=True)")
            if not all(field.compare for field in fields(cls)):
                raise TypeError(f"{where} has a field with compare=False, which cannot be proved")
            for member in members:
                if not member.required:
                    raise TypeError(f"{where}.{member.name} has a default, {_ON_DEFAULTS}")
                _check(member.type, f"{where}.{member.name}")
        case inspect.TupleType(item_types=parts) | inspect.UnionType(types=parts):
            for part in parts:
                _check(part, where)
        case inspect.VarTupleType(item_type=part):
            _check(part, where)
        case _ if kind not in _PLAIN and not isinstance(kind, inspect.EnumType):
            name = type(kind).__name__.removesuffix("Type")
            raise TypeError(
                f"{where} cannot be stored as {name}; use {_STORABLE}, "
                f"or a frozen dataclass, a tuple or a union of these, without constraints"
            )
