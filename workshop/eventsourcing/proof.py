"""What is known to come back equal, so that not every event need be read back to see it.

To read an event back takes several times as long as to write it. Where one value of a plain class
has come back equal, all do; of some classes, those that pass a test. So what came back once stands
for all events whose fields hold values of the same classes.
"""

from collections.abc import Callable
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any
from uuid import UUID

__all__ = ["Proof"]

_ALWAYS = frozenset([str, int, bool, type(None), date, timedelta, UUID])
_IF: dict[type, Callable[[Any], bool]] = {
    float: isfinite,
    Decimal: Decimal.is_finite,
    datetime: lambda moment: moment.tzinfo is UTC,
}


class Proof:
    """Which objects of a dataclass need not be read back, since others of their kind came back."""

    def __init__(self) -> None:
        # By the classes of an object's values, the tests that the values of some fields must pass.
        self._tests: dict[tuple[type, ...], list[tuple[str, Callable[[Any], bool]]]] = {}
        self._inner: dict[type, Proof] = {}

    def covers(self, value: object) -> bool:
        """Tell whether this object comes back equal; if it is not known, say no."""
        fields = getattr(value, "__dict__", {})
        tests = self._tests.get(tuple(map(type, fields.values())))
        if tests is None:
            return False
        for name, test in tests:  # noqa: SIM110  `all` takes twice as long, and this is every event
            if not test(fields[name]):
                return False
        return True

    def learn(self, value: Any, read: Any) -> None:
        """Take note of an object that came back equal."""
        fields, back = (getattr(each, "__dict__", {}) for each in (value, read))
        classes = tuple(map(type, fields.values()))
        if len(fields) != len(fields_of(value)):  # some are in slots
            return
        if classes != tuple(map(type, back.values())):  # as 3.0 is equal to 3
            return
        tests: list[tuple[str, Callable[[Any], bool]]] = []
        for name, cls in zip(fields, classes, strict=True):
            if is_dataclass(cls):
                inner = self._inner.setdefault(cls, Proof())
                inner.learn(fields[name], back[name])
                tests.append((name, inner.covers))
            elif cls in _IF:
                tests.append((name, _IF[cls]))
            elif cls not in _ALWAYS:
                return
        self._tests[classes] = tests
