"""Where progress is kept: `.workshop/progress.db`, or in memory if that file cannot be used.

A damaged or read-only file never stops the course: the checks go on, and a warning says so.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from workshop.course.progress_events import PROGRESS_CODEC
from workshop.eventsourcing import (
    Event,
    EventSourcingError,
    EventStore,
    MemoryEventStore,
    SqliteEventStore,
    StoredEvent,
)

__all__ = ["Journal"]

_STREAM = "student"

_PATIENCE = 1.0
"""Seconds to wait for another process that writes; somebody looks at the prompt."""


class Journal:
    """The student's events, in the order in which they happened."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._clock = clock
        self._warning: str | None = None
        self._past: tuple[StoredEvent[Event], ...] = ()
        self._store = self._open()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the student should know about the file."""
        return () if self._warning is None else (self._warning,)

    def record(self, event: Event) -> None:
        """Append an event; if it cannot be kept, warn, and remember it until the program ends."""
        try:
            self._store.append(_STREAM, [event], expected_version=None)
        except EventSourcingError as error:
            self._past = self.history()
            self._store = self._without_file(error)
            self._store.append(_STREAM, [event], expected_version=None)

    def history(self, as_at: datetime | None = None) -> tuple[StoredEvent[Event], ...]:
        """All events, or those up to a moment."""
        past = tuple(e for e in self._past if as_at is None or e.recorded_at <= as_at)
        try:
            return past + tuple(self._store.read(_STREAM, as_at=as_at))
        except EventSourcingError as error:
            self._store = self._without_file(error)
            return past

    def close(self) -> None:
        """Release the file."""
        self._store.close()

    def _open(self) -> EventStore:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return SqliteEventStore(
                self._path,
                PROGRESS_CODEC,
                clock=self._clock,
                synchronous="NORMAL",
                busy_timeout=_PATIENCE,
            )
        except (EventSourcingError, OSError) as error:
            return self._without_file(error)

    def _without_file(self, error: Exception) -> EventStore:
        self._warning = (
            f"Your progress is not being recorded: {error}. "
            f"Checks go on, and your code is safe. To begin a new record, rename {self._path}."
        )
        return MemoryEventStore(PROGRESS_CODEC, clock=self._clock)
