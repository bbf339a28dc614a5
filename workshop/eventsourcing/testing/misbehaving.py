"""A store that misbehaves on purpose, and the same way each time: everything hangs on the seed.

What it does wrong is what networks, brokers and power cuts do: an event is delivered twice, or
late, or before one that it should follow; a write is done, but its acknowledgement is lost; a
follower dies between an effect and its checkpoint. What is stored is never touched.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from ..errors import EventSourcingError
from ..event import Event, StoredEvent
from ..store import Appended, EventStore

__all__ = ["MisbehavingStore", "SimulatedCrashError"]


class SimulatedCrashError(EventSourcingError):
    """What a program would never get to see, since it would be dead, or cut off."""


class MisbehavingStore:
    """A store around a store, each fault with a probability of its own, from 0 to 1.

    Args:
        store: Where everything is really kept.
        seed: The same seed gives the same faults for the same calls.
        duplicates: `read_all` delivers an event again: right after itself, or, once the
            follower has gone past it, at the start of the next read.
        delays: `read_all` keeps back the last events; a later read has them.
        out_of_order: `read_all` delivers an event after the one that follows it.
        lost_acknowledgements: `append` writes, and then fails.
        lost_checkpoints: `save_checkpoint` fails, and moves nothing.
    """

    def __init__(
        self,
        store: EventStore,
        *,
        seed: int,
        duplicates: float = 0.0,
        delays: float = 0.0,
        out_of_order: float = 0.0,
        lost_acknowledgements: float = 0.0,
        lost_checkpoints: float = 0.0,
    ) -> None:
        self._store = store
        self._random = random.Random(seed)
        self._duplicates = duplicates
        self._delays = delays
        self._out_of_order = out_of_order
        self._lost_acknowledgements = lost_acknowledgements
        self._lost_checkpoints = lost_checkpoints
        self._last: list[StoredEvent[Event]] = []

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        *,
        expected_version: int | None,
        metadata: Mapping[str, str] | None = None,
    ) -> Appended:
        """Append, and perhaps fail to say so."""
        appended = self._store.append(
            stream, events, expected_version=expected_version, metadata=metadata
        )
        if self._happens(self._lost_acknowledgements):
            raise SimulatedCrashError(f"{stream!r} is written, but nobody was told")
        return appended

    def read(
        self,
        stream: str,
        *,
        after: int = 0,
        until: int | None = None,
        as_at: datetime | None = None,
        backwards: bool = False,
        limit: int | None = None,
    ) -> Iterator[StoredEvent[Event]]:
        """Read a stream, as ever: replay needs no delivery."""
        return self._store.read(
            stream, after=after, until=until, as_at=as_at, backwards=backwards, limit=limit
        )

    def read_all(
        self, *, after: int = 0, types: Sequence[type[Event]] = (), limit: int | None = None
    ) -> Iterator[StoredEvent[Event]]:
        """Deliver the events, more or less."""
        page = list(self._store.read_all(after=after, types=types, limit=limit))
        if page and self._happens(self._delays):
            del page[self._random.randrange(len(page)) :]
        read = [stored for stored in self._last if stored.position <= after]
        again = [stored for stored in read if self._happens(self._duplicates)]
        self._last = page[-1:]
        delivered = [
            stored for each in page for stored in [each] * (1 + self._happens(self._duplicates))
        ]
        for place in range(1, len(delivered)):
            if self._happens(self._out_of_order):
                delivered[place - 1 : place + 1] = delivered[place], delivered[place - 1]
        return iter(again + delivered)

    def transaction(self) -> AbstractContextManager[None]:
        """Group, as ever."""
        return self._store.transaction()

    def last_position(self) -> int:
        """Tell the last position, as ever."""
        return self._store.last_position()

    def checkpoint(self, name: str) -> int:
        """Tell the checkpoint, as ever."""
        return self._store.checkpoint(name)

    def save_checkpoint(self, name: str, position: int) -> None:
        """Move the checkpoint, or die before it."""
        if self._happens(self._lost_checkpoints):
            raise SimulatedCrashError(f"{name!r} did not get to save position {position}")
        self._store.save_checkpoint(name, position)

    def close(self) -> None:
        """Close, as ever."""
        self._store.close()

    def _happens(self, probability: float) -> bool:
        return self._random.random() < probability
