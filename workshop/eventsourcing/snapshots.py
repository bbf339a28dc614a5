"""Snapshots: a cache of replayed state, which may be thrown away at any time."""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from workshop.eventsourcing.aggregate import Aggregate
from workshop.eventsourcing.store import EventStore

__all__ = ["SnapshotCache", "Snapshots"]

A = TypeVar("A", bound=Aggregate[Any])
S = TypeVar("S")

_logger = logging.getLogger(__name__)
_to_json = msgspec.json.Encoder(order="deterministic").encode


class SnapshotCache(Protocol):
    """Where snapshots are kept: a dict does it, or a `SnapshotFile`."""

    def get(self, key: str, /) -> bytes | None:
        """What is kept for the key, if anything."""
        ...

    def __setitem__(self, key: str, value: bytes, /) -> None:
        """Keep it."""
        ...


class Snapshots(Generic[A, S]):
    """Lets a replay start from a state that an earlier replay reached.

    A snapshot counts only if its schema, its checksum and the event that it was taken after are
    all as they should be. Otherwise it is ignored, and the whole history replayed: the events
    are the truth.

    Args:
        state_type: A dataclass that holds all of the aggregate's state, in plain values.
        take: Gives the state of an aggregate.
        restore: Makes an aggregate with that state.
        every: A snapshot is taken when a replay has gone through so many events.
        cache: Where they are kept; by default in memory.
        revision: Raise it when `apply` means something else than before: the fingerprint
            covers the state's schema, it cannot see that.
    """

    def __init__(
        self,
        state_type: type[S],
        *,
        take: Callable[[A], S],
        restore: Callable[[S], A],
        every: int = 100,
        cache: SnapshotCache | None = None,
        revision: int = 1,
    ) -> None:
        if every < 1:
            raise ValueError(f"every must be 1 or more, not {every}")
        self._take = take
        self._restore = restore
        self._every = every
        self._cache: SnapshotCache = {} if cache is None else cache
        self._decoder = msgspec.json.Decoder(tuple[int, int, datetime, state_type])  # type: ignore[valid-type]  # known at run time only
        schema = msgspec.json.encode([revision, msgspec.json.schema(state_type)], order="sorted")
        self._fingerprint = hashlib.sha256(schema).hexdigest()

    def load(self, store: EventStore, stream: str, replay: Callable[[], A]) -> A:
        """Fold the later events onto the snapshot, or without a good one do the full replay."""
        key = f"{stream}@{self._fingerprint}"
        aggregate, start = self._resume(store, stream, key) or (replay(), 0)
        if aggregate.version - start >= self._every:
            self._keep(store, stream, key, aggregate)
        return aggregate

    def _resume(self, store: EventStore, stream: str, key: str) -> tuple[A, int] | None:
        try:
            found = self._cache.get(key)
            if found is None:
                return None
            version, position, recorded_at, state = self._decoder.decode(_unsealed(found))
            aggregate = self._restore(state)
        except Exception as error:  # whatever is wrong with it, the events are right
            _logger.warning("ignoring the snapshot of %r: %s", stream, error)
            return None
        history = store.read(stream, after=version - 1)
        last = next(history, None)  # the event after which the snapshot was taken
        if last is None or (last.position, last.recorded_at) != (position, recorded_at):
            _logger.warning("ignoring the snapshot of %r: it has another history", stream)
            return None
        events = (stored.event for stored in history)
        return type(aggregate).replay(events, onto=aggregate, version=version), version

    def _keep(self, store: EventStore, stream: str, key: str, aggregate: A) -> None:
        [last] = store.read(stream, after=aggregate.version - 1, limit=1)
        try:
            snapshot = (last.version, last.position, last.recorded_at, self._take(aggregate))
            data = _to_json(snapshot)
            if self._decoder.decode(data) == snapshot:
                self._cache[key] = _sealed(data)
            else:
                _logger.warning("taking no snapshot of %r: its state is not plain", stream)
        except Exception as error:  # a cache that is full or broken takes nothing away
            _logger.warning("taking no snapshot of %r: %s", stream, error)


def _sealed(data: bytes) -> bytes:
    return hashlib.sha256(data).digest() + data


def _unsealed(sealed: bytes) -> bytes:
    data = sealed[hashlib.sha256().digest_size :]
    if _sealed(data) != sealed:
        raise ValueError("its checksum is wrong")
    return data
