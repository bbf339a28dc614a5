"""What the contract tests store: a turnstile's events, a codec for them, and a clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ...codec import EventCodec
from ...event import Event, StoredEvent
from ...storable import Moment

__all__ = ["Clock", "Jammed", "Opened", "Passed", "entered", "example_codec", "facts", "numbers"]


@dataclass(frozen=True, kw_only=True)
class Opened(Event):
    """A turnstile was put into service."""

    place: str


@dataclass(frozen=True, kw_only=True)
class Passed(Event):
    """Somebody went through."""

    visitor: int


@dataclass(frozen=True, kw_only=True)
class Jammed(Event):
    """It stuck."""

    at: Moment


def example_codec() -> EventCodec:
    """Make the codec that a store under test is to be given; `Passed` has two names."""
    names: dict[str, type[Event]] = {
        "opened": Opened,
        "passed": Passed,
        "went-through": Passed,
        "jammed": Jammed,
    }
    return EventCodec(Opened, Passed, Jammed, names=names)


class Clock:
    """A clock that stands still until a test moves it, forwards or back."""

    def __init__(self) -> None:
        self.now = datetime(2024, 2, 29, 12, 0, 0, 123456, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def advance(self, **units: float) -> datetime:
        """Move on, as in `advance(seconds=1)`, and tell the time."""
        self.now += timedelta(**units)
        return self.now


def entered(*visitors: int) -> list[Passed]:
    """Make one event for each visitor."""
    return [Passed(visitor=visitor) for visitor in visitors]


def facts(stored: Iterable[StoredEvent[Event]]) -> list[Event]:
    """Take the events out of their envelopes."""
    return [each.event for each in stored]


def numbers(stored: Iterable[StoredEvent[Event]]) -> list[int]:
    """Tell which visitors went through, in the order of reading."""
    return [event.visitor for event in facts(stored) if isinstance(event, Passed)]
