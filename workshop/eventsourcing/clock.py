"""Time as the stores keep it: a clock that is passed in, and whole microseconds."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

__all__ = ["Clock", "from_microseconds", "next_moment", "to_microseconds", "utc_now"]

Clock: TypeAlias = Callable[[], datetime]
"""Tells the time, with a time zone. Tests pass their own; the machine's is `utc_now`."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def utc_now() -> datetime:
    """Tell the machine's time."""
    return datetime.now(UTC)


def to_microseconds(moment: datetime) -> int:
    """Count the microseconds since 1970 began in UTC; an integer, so that nothing is rounded.

    Raises:
        ValueError: The moment has no time zone, so nobody can say when it was.
    """
    if moment.utcoffset() is None:
        raise ValueError(
            f"{moment!r} has no time zone; give it one, as in datetime.now(UTC) "
            f"or moment.replace(tzinfo=UTC)"
        )
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(count: int) -> datetime:
    """Turn a count of `to_microseconds` back into the moment, in UTC.

    Raises:
        OverflowError: The moment lies outside the years 1 to 9999.
    """
    return _EPOCH + count * _MICROSECOND


def next_moment(clock: Clock, last: int | None) -> int:
    """Read the clock in microseconds, never before the last event: clocks go back, logs do not."""
    now = to_microseconds(clock())
    return now if last is None else max(now, last)
