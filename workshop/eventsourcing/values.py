"""Whether a value is what its field says.

Dataclasses do not look at what they are given. A store has to: what it accepts is there for ever.
"""

import math
import reprlib
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

__all__ = [
    "Check",
    "Field",
    "any_of",
    "check_datetime",
    "check_decimal",
    "check_float",
    "each",
    "nested",
    "places",
    "wrong_field",
]

Check: TypeAlias = Callable[[Any], str | None]
"""Says where in a value something is wrong, and what; None if all is well."""


class Field(NamedTuple):
    """A field, and what it may hold.

    Attributes:
        name: The field's name.
        exact: Any instance of precisely these classes is right; one of a subclass is not.
        check: Judges every other value.
        has_default: Whether the class has a value for an instance that has none of its own.
            That is what msgspec leaves behind when stored data lacks the field.
        is_open: Whether msgspec, reading the field by its type, may let something wrong through.
    """

    name: str
    exact: tuple[type, ...]
    check: Check
    has_default: bool
    is_open: bool


def wrong_field(fields: Iterable[Field], instance: object) -> str | None:
    """The first field that does not hold what it says, and why; None if all is well."""
    for name, exact, check, has_default, _ in fields:
        if has_default and name not in vars(instance):
            return f"{name} is missing"
        value = getattr(instance, name)
        if type(value) not in exact and (wrong := check(value)):
            return f"{name}{wrong}"
    return None


def check_datetime(value: Any) -> str | None:
    """Accept a moment: with a UTC offset, in whole minutes as JSON has it (RFC 3339)."""
    if type(value) is datetime:
        if value.tzinfo is UTC:
            return None
        offset = value.utcoffset()
        if offset is not None and offset.total_seconds() % 60 == 0:
            return None
    return _mismatch("a datetime with a UTC offset in whole minutes", value)


def check_float(value: Any) -> str | None:
    """Accept a number that JSON knows; an int too, as in PEP 484, if a float can hold it."""
    if type(value) is float and math.isfinite(value):
        return None
    if type(value) is int and abs(value) <= 2**53:
        return None
    return _mismatch("a finite float", value)


def check_decimal(value: Any) -> str | None:
    """Accept a decimal number; `NaN` is none, and equals nothing."""
    if type(value) is Decimal and value.is_finite():
        return None
    return _mismatch("a finite Decimal", value)


def any_of(checks: Sequence[Check], expected: str) -> Check:
    """A check that is content if one of these is."""
    if len(checks) == 1:
        return checks[0]

    def check(value: object) -> str | None:
        return None if None in [one(value) for one in checks] else _mismatch(expected, value)

    return check


def each(kind: type[Collection[Any]], member: Field) -> Check:
    """A check for a collection of this kind, whose members are all alike."""
    exact = frozenset(member.exact)

    def check(value: Any) -> str | None:
        if type(value) is not kind:
            return _mismatch(f"a {kind.__name__}", value)
        if exact.issuperset(map(type, value)):
            return None
        return _wrong_member((member, one) for one in value)

    return check


def places(members: Sequence[Field]) -> Check:
    """A check for a tuple with a type for each place."""

    def check(value: Any) -> str | None:
        if type(value) is not tuple or len(value) != len(members):
            return _mismatch(f"a tuple of {len(members)}", value)
        return _wrong_member(zip(members, value, strict=True))

    return check


def nested(cls: type, fields: Sequence[Field]) -> Check:
    """A check for a dataclass within a dataclass."""

    def check(value: object) -> str | None:
        if type(value) is not cls:
            return _mismatch(cls.__name__, value)
        wrong = wrong_field(fields, value)
        return wrong and f".{wrong}"

    return check


def _wrong_member(members: Iterable[tuple[Field, object]]) -> str | None:
    for (name, exact, check, *_), value in members:
        if type(value) not in exact and (wrong := check(value)):
            return f"{name}{wrong}"
    return None


def _mismatch(expected: str, value: object) -> str:
    try:
        return f": expected {expected}, got {reprlib.repr(value)}"
    except ValueError:  # Python refuses to write out an int of thousands of digits
        return f": expected {expected}, got a huge {type(value).__name__}"
