"""Snapshots: a cache of replayed state, which may be thrown away at any time."""

import hashlib
import logging
from collections.abc import Callable, MutableMapping
from typing import Any, Generic, TypeVar

import msgspec

from .aggregate import Aggregate
from .store import EventStore

__all__ = ["Snapshots"]

A = TypeVar("A", bound=Aggregate[Any])
S = TypeVar("S")
T = TypeVar("T")

_logger = logging.getLogger(__name__)


class Snapshots(Generic[A, S]):
    """Lets a replay start from a state that an earlier replay reached.

    A snapshot counts only if the state's schema is still the same, it can be read, and the event
    that it was taken after is still there. Otherwise it is ignored and the whole history
    replayed: the events are the truth. It cannot see that `apply` means something else than before:
    then clear the cache. Nor can it know what will be undone: take no snapshot in a transaction.

    Args:
        state_type: A dataclass that holds all of the aggregate's state, in plain values.
        take: Gives the state of an aggregate.
        restore: Makes an aggregate with that state.
        every: A snapshot is taken when a replay has gone through so many events.
        cache: Where they are kept: by default in memory; in a file, with `dbm.open(path, "c")`.
    """

    def __init__(
        self,
        state_type: type[S],
        *,
        take: Callable[[A], S],
        restore: Callable[[S], A],
        every: int = 100,
        cache: MutableMapping[str, bytes] | None = None,
    ) -> None:
        self._take, self._restore, self._every = take, restore, every
        self._cache = {} if cache is None else cache
        schema = msgspec.json.encode(msgspec.json.schema(state_type), order="sorted")
        self._fingerprint = hashlib.sha256(schema).hexdigest()
        self._decoder = msgspec.json.Decoder(tuple[int, str, state_type])  # type: ignore[valid-type]  # known at run time only

    def load(self, store: EventStore, stream: str, replay: Callable[[], A]) -> A:
        """Fold the later events onto the snapshot, or without a good one do the full replay."""
        aggregate, start = _try(stream, lambda: self._resume(store, stream)) or (replay(), 0)
        if aggregate.version - start >= self._every:
            _try(stream, lambda: self._keep(store, stream, aggregate))
        return aggregate

    def _resume(self, store: EventStore, stream: str) -> tuple[A, int] | None:
        if (found := self._cache.get(f"{stream}@{self._fingerprint}")) is None:
            return None
        version, seen, state = self._decoder.decode(found)
        last, *later = store.read(stream, after=version - 1)
        if str(last) != seen:
            raise ValueError("it was taken of another history")
        aggregate = self._restore(state)
        events = (stored.event for stored in later)
        return aggregate.replay(events, onto=aggregate, version=version), version

    def _keep(self, store: EventStore, stream: str, aggregate: A) -> None:
        [last] = store.read(stream, after=aggregate.version - 1, limit=1)
        snapshot = (last.version, str(last), self._take(aggregate))
        data = msgspec.json.encode(snapshot)
        if self._decoder.decode(data) != snapshot:
            raise ValueError("its state would not come back equal")
        self._cache[f"{stream}@{self._fingerprint}"] = data


def _try(stream: str, action: Callable[[], T | None]) -> T | None:
    try:
        return action()
    except Exception as error:  # a cache that is broken, full or old takes nothing away
        _logger.warning("doing without a snapshot of %r: %s", stream, error)
        return None
