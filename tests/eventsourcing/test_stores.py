import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workshop.eventsourcing.codec import EncodedEvent, EventCodec
from workshop.eventsourcing.errors import CodecError
from workshop.eventsourcing.event import Event
from workshop.eventsourcing.memory import MemoryEventStore
from workshop.eventsourcing.postgres import PostgresEventStore
from workshop.eventsourcing.sqlite import SqliteEventStore
from workshop.eventsourcing.store import EventStore
from workshop.eventsourcing.testing.store_contract import Clock, EventStoreContract, example_codec
from workshop.eventsourcing.testing.store_contract.examples import Passed, entered


class TestMemoryEventStore(EventStoreContract):
    @pytest.fixture
    def store(self, clock: Clock) -> Iterator[EventStore]:
        store = MemoryEventStore(example_codec(), clock=clock)
        yield store
        store.close()


class TestSqliteEventStore(EventStoreContract):
    @pytest.fixture
    def store(self, clock: Clock, tmp_path: Path) -> Iterator[EventStore]:
        store = SqliteEventStore(tmp_path / "a store.db", example_codec(), clock=clock)
        yield store
        store.close()


class TestPostgresEventStore(EventStoreContract):
    @pytest.fixture
    def store(self, clock: Clock, server: str, schema: str) -> Iterator[EventStore]:
        store = PostgresEventStore(server, example_codec(), schema=schema, clock=clock)
        yield store
        store.close()


class _Forgetful(EventCodec):
    """A codec that can no longer read what it wrote."""

    def decode(self, encoded: EncodedEvent) -> Event:
        raise CodecError(f"{encoded.name} is forgotten")


def test_stored_data_that_cannot_be_read_is_located_in_memory_too() -> None:
    store = MemoryEventStore(_Forgetful(Passed, names={"passed": Passed}))
    store.append("gate-0", entered(1), expected_version=0)
    store.append("gate-1", entered(1, 2), expected_version=0)
    with pytest.raises(CodecError, match=r"forgotten .*'gate-1', version 2, position 3"):
        next(store.read("gate-1", after=1))


def test_a_checkpoint_does_not_begin_below_0(new_store: Callable[[EventCodec], EventStore]) -> None:
    store = new_store(example_codec())
    with pytest.raises(ValueError, match="'flow' is at 0 and cannot go back to -1"):
        store.save_checkpoint("flow", -1)
    store.save_checkpoint("flow", 0)
    assert store.checkpoint("flow") == 0


@pytest.mark.parametrize("backwards", [False, True])
def test_a_reader_may_name_the_greatest_version_there_can_be(
    new_store: Callable[[EventCodec], EventStore], backwards: bool
) -> None:
    store = new_store(example_codec())
    store.append("gate-1", entered(1, 2), expected_version=0)
    found = store.read("gate-1", until=sys.maxsize, backwards=backwards)
    assert sorted(each.version for each in found) == [1, 2]


def test_a_reader_may_be_handed_to_another_thread(
    new_store: Callable[[EventCodec], EventStore],
) -> None:
    store = new_store(example_codec())
    store.append("gate-1", entered(*range(1_200)), expected_version=0)
    reader = store.read("gate-1")
    seen = [next(reader).version]
    thread = threading.Thread(target=lambda: seen.extend(each.version for each in reader))
    thread.start()
    thread.join()
    assert seen == list(range(1, 1_201))
