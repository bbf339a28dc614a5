"""Whether a value is what its field says.

Dataclasses do not look at what they are given. A store has to: what it accepts is there for ever.
"""

import math
import reprlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

__all__ = ["Check", "Field", "any_of", "attributes", "each", "nested", "places", "wrong_value"]

Check: TypeAlias = Callable[[Any], str | None]
"""Says where in a value something is wrong, and what; None if all is well."""


class Field(NamedTuple):
    """A field, and what it may hold.

    Attributes:
        name: The field's name.
        exact: Any instance of precisely these classes is right; one of a subclass is not.
        check: Judges every other value.
        is_open: Whether the check accepts some, so that the class alone does not decide.
    """

    name: str
    exact: tuple[type, ...]
    check: Check
    is_open: bool


def wrong_value(fields: Iterable[Field], values: Iterable[object]) -> str | None:
    """The first value that is not what its field says, and why; None if all is well."""
    for (name, exact, check, _), value in zip(fields, values):  # noqa: B905  # hot, and equally long
        if type(value) not in exact and (wrong := check(value)):
            return f".{name}{wrong}"
    return None


def attributes(fields: Iterable[Field], instance: object) -> list[Any]:
    """What an instance holds in these fields."""
    return [getattr(instance, field.name) for field in fields]


def mismatch(expected: str, value: object) -> str:
    """The words for a value that is something else than expected."""
    return f": expected {expected}, got {reprlib.repr(value)}"


def a_datetime(value: Any) -> str | None:
    """Accept a moment: with a UTC offset, in whole minutes as JSON has it (RFC 3339)."""
    if type(value) is datetime:
        if value.tzinfo is UTC:
            return None
        offset = value.utcoffset()
        if offset is not None and offset.total_seconds() % 60 == 0:
            return None
    return mismatch("a datetime with a UTC offset in whole minutes", value)


def a_float(value: Any) -> str | None:
    """Accept a number that JSON knows; an int too, as in PEP 484, if a float can hold it."""
    if type(value) is float and math.isfinite(value):
        return None
    if type(value) is int and abs(value) <= 2**53:
        return None
    return mismatch("a finite float", value)


def a_decimal(value: Any) -> str | None:
    """Accept a decimal number; `NaN` is none, and equals nothing."""
    if type(value) is Decimal and value.is_finite():
        return None
    return mismatch("a finite Decimal", value)


def any_of(checks: Sequence[Check], expected: str) -> Check:
    """A check that is content if one of these is."""
    if len(checks) == 1:
        return checks[0]

    def check(value: object) -> str | None:
        return None if None in (c(value) for c in checks) else mismatch(expected, value)

    return check


def each(kind: type, member: Field) -> Check:
    """A check for a collection of this kind, whose members are all alike."""
    def check(value: Any) -> str | None:
        if type(value) is not kind:
            return mismatch(f"a {kind.__name__}", value)
        return wrong_value([member] * len(value), value)

    return check


def places(fields: Sequence[Field]) -> Check:
    """A check for a tuple with a type for each place."""
    def check(value: Any) -> str | None:
        if type(value) is not tuple or len(value) != len(fields):
            return mismatch(f"a tuple of {len(fields)}", value)
        return wrong_value(fields, value)

    return check


def nested(cls: type, fields: Sequence[Field]) -> Check:
    """A check for a dataclass within a dataclass."""
    def check(value: object) -> str | None:
        if type(value) is not cls:
            return mismatch(cls.__name__, value)
        return wrong_value(fields, attributes(fields, value))

    return check
