from collections.abc import Callable
from dataclasses import dataclass

import pytest

from workshop.eventsourcing import ConcurrencyError, Event, EventCodec, EventStore
from workshop.eventsourcing.testing import MisbehavingStore, SimulatedCrashError


@dataclass(frozen=True, kw_only=True)
class Numbered(Event):
    number: int


@pytest.fixture
def store(new_store: Callable[[EventCodec], EventStore]) -> EventStore:
    store = new_store(EventCodec(Numbered, names={"numbered": Numbered}))
    append(store, *range(1, 21))
    return store


def append(store: EventStore, *numbers: int) -> None:
    store.append("s", [Numbered(number=n) for n in numbers], expected_version=None)


def delivered(store: EventStore, *, after: int = 0) -> list[int]:
    return [stored.position for stored in store.read_all(after=after)]


ALL = list(range(1, 21))


def test_without_faults_it_is_the_store_itself(store: EventStore) -> None:
    calm = MisbehavingStore(store, seed=1)
    assert delivered(calm) == ALL
    assert list(calm.read("s", after=18)) == list(store.read("s", after=18))
    assert calm.last_position() == 20
    with calm.transaction():
        calm.save_checkpoint("f", 3)
    assert calm.checkpoint("f") == store.checkpoint("f") == 3
    with pytest.raises(ConcurrencyError):
        calm.append("s", [], expected_version=1)


def test_the_same_seed_misbehaves_in_the_same_way(store: EventStore) -> None:
    def feed(seed: int) -> list[list[int]]:
        unruly = MisbehavingStore(store, seed=seed, duplicates=0.3, delays=0.5, out_of_order=0.3)
        return [delivered(unruly) for _ in range(5)]

    assert feed(1) == feed(1)
    assert feed(1) != feed(2)


def test_duplicates_come_on_top_and_nothing_is_missing(store: EventStore) -> None:
    unruly = MisbehavingStore(store, seed=1, duplicates=0.5)
    found = delivered(unruly)
    assert len(found) > 20
    assert found == sorted(found)
    assert sorted(set(found)) == ALL


def test_the_last_event_may_come_again_at_the_next_read(store: EventStore) -> None:
    unruly = MisbehavingStore(store, seed=1, duplicates=1.0)
    delivered(unruly)
    append(store, 21)
    assert delivered(unruly, after=20) == [20, 21, 21]


def test_what_is_delayed_is_the_end_and_comes_later(store: EventStore) -> None:
    unruly = MisbehavingStore(store, seed=1, delays=0.5)
    reads = [delivered(unruly) for _ in range(20)]
    assert all(read == ALL[: len(read)] for read in reads)
    assert ALL in reads
    assert any(len(read) < 20 for read in reads)


def test_out_of_order_is_nothing_but_out_of_order(store: EventStore) -> None:
    found = delivered(MisbehavingStore(store, seed=1, out_of_order=0.5))
    assert found != ALL
    assert sorted(found) == ALL


def test_a_lost_acknowledgement_does_not_lose_the_event(store: EventStore) -> None:
    unruly = MisbehavingStore(store, seed=1, lost_acknowledgements=1.0)
    with pytest.raises(SimulatedCrashError, match="nobody was told"):
        append(unruly, 21)
    assert store.last_position() == 21


def test_a_lost_checkpoint_stays_where_it_was(store: EventStore) -> None:
    unruly = MisbehavingStore(store, seed=1, lost_checkpoints=1.0)
    with pytest.raises(SimulatedCrashError):
        unruly.save_checkpoint("f", 3)
    assert store.checkpoint("f") == 0


def test_closing_closes_the_store(store: EventStore) -> None:
    MisbehavingStore(store, seed=1).close()
    with pytest.raises(Exception, match="closed"):
        store.last_position()
