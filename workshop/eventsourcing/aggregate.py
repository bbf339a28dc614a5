"""The aggregate: commands decide, `record` records, and only `apply` changes state."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Generic, Self, TypeVar

from .errors import HistoricalCopyError
from .event import Event

__all__ = ["Aggregate"]

E = TypeVar("E", bound=Event)


class Aggregate(ABC, Generic[E]):
    """A consistency boundary whose state is the left fold of its events.

    A subclass has commands, which check the rules and then `record` what happened; an `apply`,
    which changes state and can neither refuse nor read the world; an `id`; and an `__init__`
    without arguments, which sets the blank state before the first event.
    """

    # On the class, so that a subclass need not call `super().__init__()`.
    _version: int = 0
    _pending: tuple[E, ...] = ()
    _is_historical: bool = False

    @property
    @abstractmethod
    def id(self) -> str:
        """What identifies this aggregate among those of its category."""

    @abstractmethod
    def apply(self, event: E) -> None:
        """Change state as the event says: the fact is settled, so there is nothing to check."""

    @property
    def version(self) -> int:
        """How many events made this state, those still pending included."""
        return self._version

    @property
    def pending(self) -> tuple[E, ...]:
        """The events that were recorded and not yet saved, oldest first."""
        return self._pending

    @classmethod
    def replay(cls, events: Iterable[E], *, onto: Self | None = None, version: int = 0) -> Self:
        """Fold a history into the state that it made.

        Args:
            events: The history, oldest first.
            onto: An aggregate whose state is that of an earlier version, from a snapshot,
                to fold the later events onto; without it, the blank state.
            version: The version of `onto`.

        Raises:
            ValueError: There is no history.
        """
        aggregate = cls() if onto is None else onto
        aggregate._version = version
        for event in events:
            aggregate.apply(event)
            aggregate._version += 1
        if not aggregate._version:
            raise ValueError(f"a {cls.__name__} cannot be replayed from no events")
        return aggregate

    def record(self, event: E) -> None:
        """Apply a new event, and keep it until it is saved.

        Raises:
            HistoricalCopyError: This is a copy of the past.
        """
        self.check_current()
        self.apply(event)
        self._version += 1
        self._pending += (event,)

    def mark_saved(self) -> None:
        """Forget the pending events: the store has them."""
        self._pending = ()

    def mark_historical(self) -> None:
        """From now on refuse to record: this is how it was, and that does not change."""
        self._is_historical = True

    def check_current(self) -> None:
        """Refuse a copy of the past with `HistoricalCopyError`."""
        if self._is_historical:
            raise HistoricalCopyError(
                f"this {type(self).__name__} is a read-only copy of its past, at version "
                f"{self._version}; to change it, get it without at_version and as_at"
            )
