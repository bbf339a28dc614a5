from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import settings

from workshop.eventsourcing import EventCodec, EventStore, MemoryEventStore, SqliteEventStore

settings.register_profile("calm", deadline=None)  # a busy machine is no defect
settings.load_profile("calm")

NewStore: TypeAlias = Callable[[EventCodec], EventStore]


@pytest.fixture
def now() -> datetime:
    """The moment at which the first event is recorded; each one comes a minute later."""
    return datetime(2024, 5, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(params=["memory", "sqlite"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path, now: datetime) -> Iterator[NewStore]:
    """Make a store of either kind; a second SQLite store opens the first one's file."""
    moments = (now + timedelta(minutes=n) for n in range(100_000))
    opened: list[EventStore] = []

    def open_store(codec: EventCodec) -> EventStore:
        if request.param == "memory":
            opened.append(MemoryEventStore(codec, clock=lambda: next(moments)))
        else:
            path = tmp_path / "events.db"
            opened.append(SqliteEventStore(path, codec, clock=lambda: next(moments)))
        return opened[-1]

    yield open_store
    for store in opened:
        store.close()
