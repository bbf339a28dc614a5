"""A subscription group: followers in several processes that share the work of one projection."""

import logging
import os
import socket
import threading
from collections.abc import Callable
from functools import partial

from ..errors import EventSourcingError
from ..projection import Projection
from .founding import found
from .membership import Membership
from .partition import Partition
from .problems import ConnectionLostError
from .progress import PartitionProgress, Watch
from .store import PostgresEventStore

__all__ = ["SubscriptionGroup"]

_INTERVAL = 0.5  # seconds


def _log(error: EventSourcingError) -> None:
    logging.getLogger(__name__).error("%s", error)


class SubscriptionGroup:
    """Brings events to a projection, each once, in any number of processes that share the work.

    Streams are divided among partitions by their names, and partitions among the members that
    run: give each process a group of the same name. The events of a stream have their effect in
    order, those of several streams perhaps at the same time. So a row of the read model that
    several streams write to needs `UPDATE … SET n = n + 1`, never a value that was read before.

    The read model is in the store's database, and is written through `store.connection`: then an
    effect and the checkpoint of its partition are one commit. The checkpoint's row is locked
    meanwhile, so nothing is applied twice, whatever a member believes that it owns.

    Between two effects, once in an interval, a member looks who is there: then one that comes gets
    its share, and what a member leaves, or its dead process had, goes to the others. When it hangs,
    or its machine or network is gone, they get it after `timeout`; except for the partition that it
    is at work on, which is free when the server ends its transaction: after a minute, unless the
    server's `idle_in_transaction_session_timeout` says otherwise.

    Args:
        store: Where the events are, and the read model.
        projection: What the events are for. If a `Subscription` has followed under its name, the
            group goes on where that was, and takes its place. No other projection may be called
            as the checkpoints are: `name/0`, `name/1` and so on.
        partitions: How many parts the streams are divided into, which is the greatest number of
            members that have something to do. It is fixed when the group is first made.
        member: What this member is called in `progress`; by default by its machine and process.
        timeout: Seconds, more than a single effect takes.

    Raises:
        StoreError: The group has another number of partitions.
    """

    def __init__(
        self,
        store: PostgresEventStore,
        projection: Projection,
        *,
        partitions: int = 8,
        member: str | None = None,
        timeout: float = 30.0,
    ) -> None:
        if partitions < 1:
            raise ValueError(f"a group needs 1 partition or more, not {partitions}")
        if timeout < 0.001:
            raise ValueError(f"timeout must be a millisecond or more, not {timeout} seconds")
        self._store, self._projection = store, projection
        self._group = group = found(store, projection, partitions)
        self._watch = Watch(store, group)
        member = member or f"{socket.gethostname()}:{os.getpid()}"
        database = store._threads.session.database
        self._join = partial(Membership, database, group, member, timeout)

    def run_once(self) -> int:
        """Deliver all events up to now, and say how many had their effect.

        While other members run, these are the events of the partitions that fall to this one.

        Raises:
            ProjectionError: The projection failed on an event. The other partitions went on, and
                the next run starts with it.
            CodecError: An event cannot be read; likewise.
        """
        total, errors = 0, []
        with self._join(_INTERVAL) as membership:
            for number in membership.share():
                try:
                    total += self._partition(number, membership).run_once()
                except EventSourcingError as error:
                    errors.append(error)
        if errors:
            raise errors[0]
        return total

    def run(
        self,
        stop: threading.Event,
        *,
        interval: float = _INTERVAL,
        on_error: Callable[[EventSourcingError], None] = _log,
    ) -> None:
        """Deliver events as they come, until `stop` is set.

        When the projection fails on an event, that partition waits in front of it, and the others
        go on. It is tried again after one interval, then two, four, and so on, up to a minute.
        When the server goes away, all wait for its return.

        Args:
            stop: Set it, from another thread, to stop after the page at hand.
            interval: Seconds between two looks who is there, and for news when there was none.
            on_error: Is told of each failure; by default it is logged.

        Raises:
            StoreError: The store cannot be used, and it is not that the server is away.
        """
        with self._join(interval) as membership:
            turns = [self._partition(n, membership) for n in range(self._group.partitions)]
            seen = dry = 0  # so many of ours in turn had nothing after what was seen
            while not stop.is_set():
                try:
                    seen, own = seen if dry else self._store.last_position(), membership.share()
                    if dry < len(own):
                        # The first of ours: it is new, or its last turn is the longest ago.
                        turn = next(each for each in turns if each.number in own)
                        turns.remove(turn)
                        turns.append(turn)
                        dry = 0 if turn.try_page(interval, on_error) else dry + 1
                    else:
                        self._store.wait(seen, membership.interval)
                        dry = 0
                except ConnectionLostError as error:
                    on_error(error)
                    stop.wait(interval)

    def progress(self) -> list[PartitionProgress]:
        """Tell how far each partition is, and who follows it.

        Anybody may ask, also who does not run. The events that wait are counted: if they are
        100,000, that takes some tenths of a second.
        """
        return self._watch.look()

    def _partition(self, number: int, membership: Membership) -> Partition:
        return Partition(self._store, self._projection, self._group, number, membership.share)
