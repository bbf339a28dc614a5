"""Specifications of an aggregate: given this history, when that is done, then this happened.

    given(Board, BoardStarted(...)).when(lambda board: board.rename("Sprint 2")).then(
        BoardRenamed(name="Sprint 2")
    )

The form is that of Greg Young's event-sourced specifications. It looks at facts alone: no state,
no store, no mocks.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Generic, NoReturn, Protocol, Self, TypeVar

from ..event import Event

__all__ = ["Replayable", "given"]


class Replayable(Protocol):
    """What a specification needs of an aggregate; it need not derive from `Aggregate`."""

    @classmethod
    def replay(cls, events: Any, /) -> Self:
        """Fold a history."""
        ...

    @property
    def pending(self) -> Any:
        """The events recorded since, oldest first."""
        ...


R = TypeVar("R", bound=Replayable)


def given(aggregate_type: type[R], *history: Event) -> "_Given[R]":
    """Begin with what has happened; without history, with a new and blank aggregate."""
    return _Given(aggregate_type, history)


class _Given(Generic[R]):
    def __init__(self, aggregate_type: type[R], history: tuple[Event, ...]) -> None:
        self._aggregate_type = aggregate_type
        self._history = history

    def when(self, action: Callable[[R], object]) -> "_Outcome":
        """Do something to the aggregate; an action that returns another one continues with that.

        So a function that makes a new aggregate is specified by
        `given(Board).when(lambda _: start_board(...))`.
        """
        kind = self._aggregate_type
        aggregate = kind.replay(self._history) if self._history else kind()
        try:
            result = action(aggregate)
        except Exception as error:  # which one is right, the specification says next
            return _Outcome(self._history, aggregate, error)
        return _Outcome(self._history, result if isinstance(result, kind) else aggregate, None)


class _Outcome:
    def __init__(
        self, history: tuple[Event, ...], aggregate: Replayable, error: Exception | None
    ) -> None:
        self._history = history
        self._recorded = tuple(aggregate.pending)
        self._error = error

    def then(self, *expected: Event) -> None:
        """Check that precisely these events were recorded, with all that they hold.

        Without events: that nothing was recorded.
        """
        __tracebackhide__ = True
        if self._error is not None:
            self._fail(_listed(expected), f"{self._error!r} was raised")
        if self._recorded != expected:
            self._fail(_listed(expected), _listed(self._recorded))

    def raises(self, error_type: type[Exception], *, match: str = "") -> None:
        """Check that it was refused, and that nothing was recorded.

        Args:
            error_type: The class of the error.
            match: A regular expression that is found in its message.
        """
        __tracebackhide__ = True
        expected = f"{error_type.__name__} is raised" + (f", matching {match!r}" if match else "")
        if self._error is None:
            self._fail(expected, f"no error, and {_listed(self._recorded)}")
        if not isinstance(self._error, error_type) or not re.search(match, str(self._error)):
            self._fail(expected, f"{self._error!r} was raised")
        if self._recorded:
            self._fail(f"{expected}, and nothing is recorded", _listed(self._recorded))

    def _fail(self, expected: str, got: str) -> NoReturn:
        __tracebackhide__ = True
        parts = {"given": _listed(self._history), "expected": expected, "but got": got}
        story = [f"{title}\n    {text}" for title, text in parts.items()]
        raise AssertionError("\n".join(["the specification is not met", *story])) from self._error


def _listed(events: Sequence[Event]) -> str:
    return "\n    ".join(map(repr, events)) or "no events"
