"""One partition of a group: its streams are followed in order, and by one member at a time."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from time import monotonic

from ..errors import EventSourcingError
from ..event import Event, StoredEvent
from ..projection import Projection
from ..record import Query, decode
from ..subscription import Subscription
from .founding import Group
from .pages import HASH, select
from .store import PostgresEventStore

__all__ = ["Partition"]

_IS_FREE = "SELECT 1 FROM {schema}.checkpoints WHERE name = %s FOR UPDATE SKIP LOCKED"
_PAGE = 100  # events
_LONGEST_REST = 60.0  # seconds
_STRIDE = 1000  # events of other partitions after which the checkpoint goes past them


class Partition(Subscription):
    """Brings the events of one partition to the projection, with a checkpoint of its own.

    Args:
        store: Where the events are.
        projection: What they are for.
        group: Whose partition it is.
        number: Which, from 0.
        share: Tells which partitions are ours just now.
    """

    def __init__(
        self,
        store: PostgresEventStore,
        projection: Projection,
        group: Group,
        number: int,
        share: Callable[[], list[int]],
    ) -> None:
        super().__init__(store, projection)
        self._name, self.number = f"{projection.name}/{number}", number
        self._postgres, self._share = store, share
        self._query = Query(None, group.events, limit=_PAGE)
        self._streams = f"{HASH} %% {group.partitions} = {number}"
        self._own, self._page_has_ended = list[int](), True
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
        self._own, self._page_has_ended = self._share(), False
        if self.number not in self._own:
            return
        last = self._postgres.last_position()  # asked first: nothing comes before it later
        dry = True
        for stored in self._read(after):
            if dry and not self._postgres._execute(_IS_FREE, [self._name]):
                return  # by one who hung in the middle of an effect; the others need not wait
            dry = False
            yield stored
        if dry and last >= after + _STRIDE:
            with self._postgres.transaction():
                if self._postgres.checkpoint(self._name) < last:
                    self._postgres.save_checkpoint(self._name, last)

    def _read(self, after: int) -> Iterator[StoredEvent[Event]]:
        query, store = self._query._replace(after=after), self._postgres
        records = islice(select(query, store._execute, self._streams), _PAGE)
        return map(partial(decode, store._codec), records)

    def _deliver(self, stored: StoredEvent[Event]) -> bool:
        if self._page_has_ended:  # for good: what comes behind an event that waits must wait, too
            return False
        # If the connection is lost over it, also inside the projection, it is done on another.
        session = self._postgres._threads.session
        delivered = session.attempt(partial(super()._deliver, stored))
        self._page_has_ended = self._share() != self._own
        return delivered
