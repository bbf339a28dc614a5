"""A subscription group: followers in several processes that share the work of one projection."""

import hashlib
import logging
import os
import socket
import threading
from collections.abc import Callable
from functools import partial

from workshop.eventsourcing.errors import EventSourcingError, StoreError
from workshop.eventsourcing.postgres.membership import Group, Membership
from workshop.eventsourcing.postgres.partition import Partition
from workshop.eventsourcing.postgres.problems import ConnectionLostError
from workshop.eventsourcing.postgres.progress import PartitionProgress, Watch
from workshop.eventsourcing.postgres.store import PostgresEventStore
from workshop.eventsourcing.projection import Projection

__all__ = ["SubscriptionGroup"]

_FOUND = "INSERT INTO {schema}.groups VALUES (%s, %s) ON CONFLICT DO NOTHING RETURNING 1"
_START = """
    INSERT INTO {schema}.checkpoints
    SELECT %s || '/' || number, 0 FROM generate_series(0, %s) AS number
"""
_PARTITIONS = "SELECT partitions FROM {schema}.groups WHERE name = %s"


def _log(error: EventSourcingError) -> None:
    logging.getLogger(__name__).error("%s", error)


class SubscriptionGroup:
    """Brings events to a projection, each once, by any number of processes that run the same.

    Streams are divided among partitions by their names, and partitions among the members that
    run. Each stream's events have their effect in order; those of different streams, perhaps at
    the same time. So a row of the read model that several streams write to needs `UPDATE … SET n
    = n + 1`, and never a value that was read before. The read model is in the store's database,
    and written through `store.connection` alone: then effect and checkpoint are one commit, and
    nothing is applied twice, whatever a member believes that it owns.

    The partitions of a member whose process dies go to the others at their next look. If it
    hangs, or its machine or network is gone, they do after `timeout`; and the partition in which
    it was at work, once the server gives its transaction up, after a minute if nobody set
    `idle_in_transaction_session_timeout` to something else. A new member gets a fair share.

    Args:
        store: Where the events are, and the read model.
        projection: What the events are for; its name is the group's, and no other subscription's.
        partitions: Into how many parts the streams are divided, and so the greatest number of
            members that have something to do. It is fixed when the group first starts.
        member: What this member is called in `progress`; by default by machine and process.
        timeout: Seconds, more than any single effect takes.

    Raises:
        StoreError: The group has another number of partitions, or the projection was followed by
            a subscription that is no group.
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
        self._store, self._projection, self._partitions = store, projection, partitions
        self._found()
        key = f"workshop.eventsourcing {store._schema.name} {projection.name}".encode()
        group = Group(int.from_bytes(hashlib.sha256(key).digest()[:4]) >> 1, partitions)
        types = [name for each in projection.types for name in store._codec.names_of(each)]
        self._watch = Watch(store, projection.name, group, types)
        member = member or f"{socket.gethostname()}:{os.getpid()}"
        self._enter = partial(Membership, store._threads.session.database, group, member, timeout)

    def run_once(self) -> int:
        """Deliver all events up to now of the partitions that fall to this member, and leave.

        If nobody else runs, these are all partitions.

        Returns:
            How many events had their effect.

        Raises:
            ProjectionError: The projection failed on an event; the other partitions went on.
            CodecError: An event cannot be read; likewise.
        """
        total, errors = 0, []
        with self._enter() as membership:
            own = membership.share()
            for number in own:
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
        interval: float = 0.5,
        on_error: Callable[[EventSourcingError], None] = _log,
    ) -> None:
        """Deliver events as they come, until `stop` is set.

        When the projection fails on an event, its partition waits in front of it; the others go
        on. It is tried again after one interval, then two, four, and so on up to a minute. When
        the server goes away, the member waits for its return.

        Args:
            stop: Set it, from another thread, to stop after the page at hand.
            interval: Seconds to wait before looking again when there was nothing new.
            on_error: Told each failure; by default it is logged.

        Raises:
            StoreError: The store cannot be used, other than for a while.
        """
        with self._enter() as membership:
            partitions = [self._partition(number, membership) for number in range(self._partitions)]
            while not stop.is_set():
                try:
                    seen, own = self._store.last_position(), membership.share()
                    delivered = [partitions[number].try_page(interval, on_error) for number in own]
                    if not any(delivered):
                        self._store.wait(seen, interval)
                except ConnectionLostError as error:
                    on_error(error)

    def progress(self) -> list[PartitionProgress]:
        """Tell how far each partition is, and who follows it; it may be asked anywhere."""
        return self._watch.look()

    def _partition(self, number: int, membership: Membership) -> Partition:
        return Partition(
            self._store, self._projection, number, of=self._partitions, stay=membership.stay
        )

    def _found(self) -> None:
        name, partitions = self._projection.name, self._partitions
        with self._store.transaction():
            if self._store._execute(_FOUND, [name, partitions]):
                if position := self._store.checkpoint(name):
                    raise StoreError(
                        f"projection {name!r} was followed without a group up to position "
                        f"{position}; give the group's projection another name, and a read model "
                        f"of its own"
                    )
                self._store._execute(_START, [name, partitions - 1])
            [(fixed,)] = self._store._execute(_PARTITIONS, [name])
        if fixed != partitions:
            raise StoreError(
                f"group {name!r} has {fixed} partitions, not {partitions}: say partitions={fixed}, "
                f"or give the projection another name, and a read model of its own, to read all "
                f"again"
            )
