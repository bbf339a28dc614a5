"""A subscription: a reader that follows the store at its own pace, with its own checkpoint."""

import threading
from collections.abc import Iterator
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from .errors import ProjectionError
from .event import Event, StoredEvent
from .projection import Projection
from .store import EventStore

__all__ = ["Progress", "Subscription"]

_PAGE = 100


class Progress(NamedTuple):
    """How far a subscription is.

    Attributes:
        position: Everything up to here has had its effect.
        last_position: The position of the last event in the store.
        lag: So many positions from the first event that waits to the last one in the store, with
            both; 0 if none waits. Some may hold what the projection does not want to see.
        waiting_since: When the first that waits was recorded; `None` if none waits.
    """

    position: int
    last_position: int
    lag: int
    waiting_since: datetime | None


class Subscription:
    """Brings events to a projection: each once, in order, whatever happens in between.

    The effect and the checkpoint are one commit, if the read model is where the checkpoints are:
    by default in the store's own database, written through `store.connection`. A crash between
    them undoes both; an event that is delivered again, or taken by another process meanwhile,
    lies behind the checkpoint and is skipped. So several processes may follow under one name, and
    take turns; to share the work, on PostgreSQL, they make a `SubscriptionGroup`.

    Args:
        store: Where the events are.
        projection: What they are for.
        checkpoints: Whose checkpoints to use, if not those of `store`. A `MemoryEventStore`
            forgets them together with a read model in memory, which then starts anew.
    """

    def __init__(
        self, store: EventStore, projection: Projection, *, checkpoints: EventStore | None = None
    ) -> None:
        self._store = store
        self._checkpoints = store if checkpoints is None else checkpoints
        self._projection, self._name = projection, projection.name

    def run_once(self) -> int:
        """Deliver all events up to now, and say how many had their effect.

        Raises:
            ProjectionError: The projection failed on an event. All before it had their effect,
                and the next run starts with it.
            CodecError: An event cannot be read; likewise.
        """
        total, before = 0, -1
        while (now := self._checkpoints.checkpoint(self._name)) > before:
            total, before = total + self.run_page(), now
        return total

    def run(self, stop: threading.Event, *, interval: float = 0.5) -> None:
        """Deliver events as they come, until `stop` is set; raises what `run_once` raises.

        Args:
            stop: Set it, from another thread, to stop after the page at hand.
            interval: Seconds to wait before looking again when there was nothing new.
        """
        while not stop.is_set():
            if not self.run_page():
                stop.wait(interval)

    def run_page(self) -> int:
        """Deliver the next events, at most a hundred, and otherwise like `run_once`."""
        page: list[StoredEvent[Event]] = []
        try:
            for stored in self._next(self._checkpoints.checkpoint(self._name)):
                page.append(stored)
        finally:  # what comes before an event that cannot be read has its effect all the same
            page.sort(key=attrgetter("position"))  # for a feed that shuffles
            delivered = sum([self._deliver(stored) for stored in page])
        return delivered

    def progress(self) -> Progress:
        """Tell how far it is, also if it is another process that runs it.

        Raises:
            CodecError: The event that waits cannot be read.
        """
        position = self._checkpoints.checkpoint(self._name)
        types = self._projection.types
        first = next(self._store.read_all(after=position, types=types, limit=1), None)
        last = self._store.last_position()
        if first is None:
            return Progress(position, last, 0, None)
        return Progress(position, last, last - first.position + 1, first.recorded_at)

    def _next(self, after: int) -> Iterator[StoredEvent[Event]]:
        return self._store.read_all(after=after, types=self._projection.types, limit=_PAGE)

    def _deliver(self, stored: StoredEvent[Event]) -> bool:
        with self._checkpoints.transaction():
            if stored.position <= self._checkpoints.checkpoint(self._name):
                return False
            try:
                self._projection.project(stored)
            except Exception as error:
                raise ProjectionError(self._name, stored.position, stored.event) from error
            self._checkpoints.save_checkpoint(self._name, stored.position)
        return True
