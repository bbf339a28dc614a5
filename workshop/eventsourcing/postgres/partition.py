"""One partition of a group: its streams are followed in order, and by one member at a time."""

from collections.abc import Callable, Iterator
from time import monotonic

from ..errors import EventSourcingError
from ..event import Event, StoredEvent
from ..projection import Projection
from ..record import Query, Record
from ..subscription import Subscription
from .pages import HASH, select
from .store import PostgresEventStore

__all__ = ["Partition"]

_IS_FREE = "SELECT 1 FROM {schema}.checkpoints WHERE name = %s FOR UPDATE SKIP LOCKED"
_LONGEST_REST = 60.0  # seconds
_STRIDE = 1000  # events of other partitions after which the checkpoint goes past them


class Partition(Subscription):
    """Brings the events of one partition to the projection, with a checkpoint of its own.

    Args:
        store: Where the events are.
        projection: What they are for.
        number: Which partition, from 0.
        of: Of how many.
        stay: Called before each event.
    """

    def __init__(
        self,
        store: PostgresEventStore,
        projection: Projection,
        number: int,
        *,
        of: int,
        stay: Callable[[], None],
    ) -> None:
        super().__init__(_Share(store, number, of), projection, checkpoints=store)
        self._name = f"{projection.name}/{number}"
        self._postgres, self._stay = store, stay
        self._failures, self._rests_until = 0, 0.0

    def try_page(self, interval: float, on_error: Callable[[EventSourcingError], None]) -> int:
        """Deliver a page, as `run_page` does, unless the last try failed a moment ago."""
        if monotonic() < self._rests_until:
            return 0
        try:
            delivered = self.run_page()
        except EventSourcingError as error:
            self._failures += 1
            rest = interval * 2 ** min(self._failures - 1, 10)
            self._rests_until = monotonic() + min(rest, _LONGEST_REST)
            on_error(error)
            return 0
        self._failures = 0
        return delivered

    def _next(self, after: int) -> Iterator[StoredEvent[Event]]:
        last = self._postgres.last_position()  # asked first: nothing comes before it later
        dry = True
        for stored in super()._next(after):
            if dry and not self._postgres._execute(_IS_FREE, [self._name]):
                return  # by one who hung in the middle of an effect; the others need not wait
            dry = False
            yield stored
        if dry and last >= after + _STRIDE:
            with self._postgres.transaction():
                if self._postgres.checkpoint(self._name) < last:
                    self._postgres.save_checkpoint(self._name, last)

    def _deliver(self, stored: StoredEvent[Event]) -> bool:
        self._stay()
        return super()._deliver(stored)


class _Share(PostgresEventStore):
    """The same store, with the same connections; but `read_all` has one partition alone."""

    def __init__(self, store: PostgresEventStore, number: int, of: int) -> None:
        vars(self).update(vars(store))
        self._own = f"{HASH} %% {of} = {number}"

    def _select(self, query: Query) -> Iterator[Record]:
        return select(query, self._execute, self._own)
