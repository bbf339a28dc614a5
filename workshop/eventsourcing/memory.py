"""An event store in memory: the whole contract, for tests and for trying things out."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import attrgetter
from typing import NamedTuple

from .codec import EventCodec
from .encoding_store import Clock, EncodingStore, cannot_go_back, utc_now
from .errors import ConcurrencyError, StoreError
from .event import EncodedEvent
from .record import Query, Record, microseconds
from .store import Appended

__all__ = ["MemoryEventStore"]


class _State(NamedTuple):
    """All there is at one time. It is replaced and never changed, so readers are undisturbed."""

    records: tuple[Record, ...]  # the position of a record is its index + 1
    checkpoints: Mapping[str, int]


class MemoryEventStore(EncodingStore):
    """Keeps encoded events in a tuple; they are gone with the store.

    Threads may share it. A thread inside `transaction()` keeps other writers waiting; readers
    go on, and see nothing of the transaction before it is committed. Each append copies the
    tuple, and each read looks through it: it is meant for thousands of events, not millions.
    """

    def __init__(self, codec: EventCodec, *, clock: Clock = utc_now) -> None:
        super().__init__(codec, clock)
        self._committed = _State((), {})
        self._thread = threading.local()  # inside a transaction it has a `draft` of the state
        self._writing = threading.RLock()
        self._closed = False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._writing:
            outer = getattr(self._thread, "draft", None)
            self._thread.draft = self._state()
            try:
                yield
                done = self._state()
            finally:
                self._thread.draft = outer
            if outer is None:
                self._committed = done
            else:
                self._thread.draft = done

    def last_position(self) -> int:
        return len(self._state().records)

    def checkpoint(self, name: str) -> int:
        return self._state().checkpoints.get(name, 0)

    def save_checkpoint(self, name: str, position: int) -> None:
        with self.transaction():
            if position < (current := self.checkpoint(name)):
                raise cannot_go_back(name, current, position)
            state = self._state()
            checkpoints = {**state.checkpoints, name: position}
            self._thread.draft = state._replace(checkpoints=checkpoints)

    def close(self) -> None:
        self._closed = True

    def _state(self) -> _State:
        if self._closed:
            raise StoreError("this store in memory is closed; make another")
        return getattr(self._thread, "draft", None) or self._committed

    def _append(
        self, stream: str, expected: int | None, encoded: Sequence[EncodedEvent], metadata: bytes
    ) -> Appended:
        with self.transaction():
            records = self._state().records
            own = next((each for each in reversed(records) if each.stream == stream), None)
            version = own.version if own else 0
            if expected is not None and expected != version:
                raise ConcurrencyError(stream, expected, version)
            if not encoded:
                return Appended(version, own.position if own else 0)
            moment, last = microseconds(self._clock()), len(records)
            if records:
                moment = max(moment, records[-1].recorded_at)  # clocks go back, logs do not
            new = [
                Record(last + n, stream, version + n, moment, name, schema, data, metadata)
                for n, (name, schema, data) in enumerate(encoded, start=1)
            ]
            self._thread.draft = self._state()._replace(records=(*records, *new))
        return Appended(version + len(new), last + len(new))

    def _select(self, query: Query) -> Iterable[Record]:
        place = attrgetter("version" if query.stream else "position")
        return (
            record
            for record in self._state().records[:: -1 if query.backwards else 1]
            if query.stream in (None, record.stream)
            and (not query.names or record.name in query.names)
            and query.after < place(record) <= query.until
            and record.recorded_at <= query.latest
        )
