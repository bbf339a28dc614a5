"""Which types an event's fields may have: those that come back from JSON as equal values."""

import dataclasses
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum, Flag
from types import MemberDescriptorType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from workshop.eventsourcing.event import Event
from workshop.eventsourcing.values import (
    Check,
    Field,
    any_of,
    check_datetime,
    check_decimal,
    check_float,
    each,
    nested,
    places,
)

__all__ = ["arms", "event_fields"]

_EXACT = (str, int, bool, date, timedelta, UUID, NoneType)
_CHECKED: dict[object, Check] = {
    datetime: check_datetime,
    float: check_float,
    Decimal: check_decimal,
}
_SORTABLE = ((str,), (int,), (date,), (UUID,))


def event_fields(cls: type) -> tuple[Field, ...]:
    """What an event holds.

    Raises:
        TypeError: It cannot be stored and come back as an equal event; the message says why.
    """
    fields = _fields_of(cls)
    if not all(field.kw_only for field in dataclasses.fields(cls)):
        raise TypeError("it must be keyword-only: @dataclass(frozen=True, kw_only=True)")
    if not issubclass(cls, Event):
        raise TypeError("it must be a subclass of Event")
    return fields


def _fields_of(cls: type, *, outer: tuple[type, ...] = ()) -> tuple[Field, ...]:
    params = vars(cls).get("__dataclass_params__")
    if params is None or not params.frozen or not params.eq:
        raise TypeError(
            f"{cls.__name__} must be a frozen dataclass that can be compared: "
            "decorate it with @dataclass(frozen=True, kw_only=True)"
        )
    if cls in outer:
        raise TypeError(f"{cls.__name__} contains itself")
    if not all(field.init for field in dataclasses.fields(cls)):
        raise TypeError(f"{cls.__name__} has a field with init=False, which cannot be read back")
    hints = get_type_hints(cls, include_extras=True)
    names = [field.name for field in dataclasses.fields(cls)]
    return tuple(
        _field(name, hints[name], (*outer, cls), has_default=_has_default(cls, name))
        for name in names
    )


def arms(annotation: Any) -> tuple[Any, ...]:
    """The members of a union, or the type alone, with aliases and `NewType` resolved."""
    for alias in ("__supertype__", "__value__"):
        if hasattr(annotation, alias):
            return arms(getattr(annotation, alias))
    if get_origin(annotation) in (Union, UnionType):
        return tuple(arm for part in get_args(annotation) for arm in arms(part))
    return (annotation,)


def _has_default(cls: type, name: str) -> bool:
    slot = isinstance(getattr(cls, name, None), MemberDescriptorType)
    return hasattr(cls, name) and not slot


def _field(
    name: str, annotation: Any, outer: tuple[type, ...], *, has_default: bool = False
) -> Field:
    try:
        accepted = [_accepted(arm, outer) for arm in arms(annotation)]
    except TypeError as error:
        raise TypeError(f"field {name!r}: {error}") from None
    exact = tuple(arm for arm in accepted if isinstance(arm, type))
    checks = tuple(arm for arm in accepted if not isinstance(arm, type))
    words = " or ".join(getattr(arm, "__name__", str(arm)) for arm in arms(annotation))
    return Field(name, exact, any_of(checks, words), has_default, bool(checks) or has_default)


def _accepted(annotation: Any, outer: tuple[type, ...]) -> type | Check:
    """The class whose every instance is right, or a check of the value."""
    origin, args = get_origin(annotation), get_args(annotation)
    if annotation in _CHECKED:
        return _CHECKED[annotation]
    if origin is tuple and args[1:] == (...,):
        return each(tuple, _field("[*]", args[0], outer))
    if origin is tuple and args:
        return places([_field(f"[{place}]", arg, outer) for place, arg in enumerate(args)])
    if origin is frozenset and arms(args[0]) in _SORTABLE:
        return each(frozenset, _field("[*]", args[0], outer))
    if not isinstance(annotation, type):
        raise _refusal(annotation)
    if dataclasses.is_dataclass(annotation):
        return nested(annotation, _fields_of(annotation, outer=outer))
    if annotation in _EXACT or _is_plain_enum(annotation):
        return annotation
    raise _refusal(annotation)


def _is_plain_enum(cls: type) -> bool:
    if not issubclass(cls, Enum) or issubclass(cls, Flag):
        return False
    return {type(member.value) for member in cls} in ({str}, {int})


def _refusal(annotation: object) -> TypeError:
    return TypeError(
        f"{annotation} cannot be stored; use str, int, bool, float, Decimal, date, datetime, "
        f"timedelta, UUID, None, an Enum of all str or all int, a frozen dataclass, "
        f"tuple[T, ...] of these, or frozenset[T] of str, int, date or UUID"
    )
