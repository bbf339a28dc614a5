"""The repository: load, decide, save; and on conflict, decide again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import chain
from typing import Any, Generic, TypeVar

from .aggregate import Aggregate
from .errors import AggregateNotFoundError, ConcurrencyError
from .snapshots import Snapshots
from .store import Appended, EventStore

__all__ = ["Repository", "retry_on_conflict"]

A = TypeVar("A", bound=Aggregate[Any])
T = TypeVar("T")


class Repository(Generic[A]):
    """A collection of aggregates of one class, each kept as a stream of events.

    Args:
        aggregate_type: The class.
        store: Where the streams are.
        category: The first part of each stream's name, before a hyphen and the id. It contains
            no hyphen itself, so that no two categories can share a stream.
        snapshots: What a long replay may start from.
    """

    def __init__(
        self,
        aggregate_type: type[A],
        store: EventStore,
        *,
        category: str,
        snapshots: Snapshots[A, Any] | None = None,
    ) -> None:
        if not category or "-" in category:
            raise ValueError(f"category {category!r} must not be empty and contain no hyphen")
        self._aggregate_type, self._store = aggregate_type, store
        self._category, self._snapshots = category, snapshots

    def get(
        self, aggregate_id: str, *, at_version: int | None = None, as_at: datetime | None = None
    ) -> A:
        """Replay an aggregate: as it is, or a read-only copy of it as it was; both limits count.

        Args:
            aggregate_id: Which one.
            at_version: As it was after so many events.
            as_at: As it was at this moment, with what was recorded at the moment itself.

        Raises:
            AggregateNotFoundError: It does not exist, or did not yet get so far.
            ValueError: The version is not positive, or the moment has no time zone.
        """
        stream = self._stream(aggregate_id)
        if at_version is None and as_at is None:
            if self._snapshots is not None:
                return self._snapshots.load(self._store, stream, lambda: self._replay(stream))
            return self._replay(stream)
        aggregate = self._replay(stream, at_version, as_at)
        if at_version is not None and aggregate.version < at_version:
            reached = f"had no version {at_version}; it was at version {aggregate.version}"
            raise AggregateNotFoundError(stream, reached)
        aggregate.mark_historical()
        return aggregate

    def save(self, aggregate: A, *, metadata: Mapping[str, str] | None = None) -> Appended:
        """Append the pending events to the aggregate's stream.

        With nothing pending nothing is appended, and the version is checked all the same: to do
        nothing was a decision, too. Within `store.transaction()` the aggregate counts as saved
        at once; if the transaction is undone, load it again.

        Args:
            aggregate: Its pending events stay pending if this fails.
            metadata: Kept in each event's envelope, such as a `correlation_id`.

        Raises:
            ConcurrencyError: Somebody else saved it since it was loaded; see `retry_on_conflict`.
            HistoricalCopyError: This is a copy of its past.
        """
        aggregate.check_current()
        stream, pending = self._stream(aggregate.id), aggregate.pending
        seen = aggregate.version - len(pending)
        appended = self._store.append(stream, pending, expected_version=seen, metadata=metadata)
        aggregate.mark_saved()
        return appended

    def _stream(self, aggregate_id: str) -> str:
        if not aggregate_id:
            raise ValueError(f"the {self._category}'s id is empty: it comes with its first event")
        return f"{self._category}-{aggregate_id}"

    def _replay(self, stream: str, until: int | None = None, as_at: datetime | None = None) -> A:
        if until is not None and until < 1:
            raise ValueError(f"at_version is {until}, but the first version is 1")
        history = self._store.read(stream, until=until, as_at=as_at)
        if (first := next(history, None)) is None:
            when = f" as at {as_at}" if as_at else "; check the id, or save the aggregate first"
            raise AggregateNotFoundError(stream, f"had no events{when}")
        return self._aggregate_type.replay(stored.event for stored in chain([first], history))


def retry_on_conflict(action: Callable[[], T], *, attempts: int = 3) -> T:
    """Run an action, and after a conflict run all of it again: load, decide, save.

    The action loads what it changes, so that it decides on what the other writer left behind;
    to save the old decision again would overrule theirs unseen.

    Args:
        action: Loads, decides and saves; what it returns is returned.
        attempts: How often it is tried in all, at least once.

    Raises:
        ConcurrencyError: The last attempt met a conflict, too.
    """
    for _ in range(attempts - 1):
        try:
            return action()
        except ConcurrencyError:
            continue
    return action()
