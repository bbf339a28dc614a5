import dataclasses
import dbm
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

from workshop.eventsourcing import (
    Aggregate,
    AggregateNotFoundError,
    Event,
    EventCodec,
    EventStore,
    MemoryEventStore,
    Repository,
    Snapshots,
)


@dataclass(frozen=True, kw_only=True)
class Counted(Event):
    counter_id: str
    label: str


@dataclass(frozen=True)
class State:
    counter_id: str
    counts: dict[str, int]


class Counter(Aggregate[Counted]):
    applied = 0  # by all counters: how much work replaying was

    def __init__(self) -> None:
        self.state = State("", {})

    @property
    def id(self) -> str:
        return self.state.counter_id

    def count(self, counter_id: str, label: str) -> None:
        self.record(Counted(counter_id=counter_id, label=label))

    def apply(self, event: Counted) -> None:
        Counter.applied += 1
        counts = self.state.counts | {event.label: self.state.counts.get(event.label, 0) + 1}
        self.state = State(event.counter_id, counts)

    @classmethod
    def restored(cls, state: State) -> "Counter":
        counter = cls()
        counter.state = state
        return counter


SnapshotCache: TypeAlias = MutableMapping[str, bytes]


def snapshots(cache: SnapshotCache) -> Snapshots[Counter, State]:
    return Snapshots(
        State,
        take=lambda counter: counter.state,
        restore=Counter.restored,
        every=10,
        cache=cache,
    )


@pytest.fixture
def store(new_store: Callable[[EventCodec], EventStore]) -> EventStore:
    return new_store(EventCodec(Counted, names={"counted": Counted}))


@pytest.fixture(params=["dict", "file"])
def cache(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SnapshotCache]:
    if request.param == "dict":
        yield {}
    else:
        with dbm.open(str(tmp_path / "snap shots"), "c") as file:
            yield file  # type: ignore[misc]  # a mapping, if not one by name


def counters(store: EventStore, cache: SnapshotCache) -> Repository[Counter]:
    return Repository(Counter, store, category="counter", snapshots=snapshots(cache))


def save(store: EventStore, *labels: str) -> None:
    events = [Counted(counter_id="c", label=label) for label in labels]
    store.append("counter-c", events, expected_version=None)


def work(repository: Repository[Counter]) -> tuple[int, Counter]:
    """Get the counter, and say how many events were applied for it."""
    before = Counter.applied
    counter = repository.get("c")
    return Counter.applied - before, counter


def test_a_replay_starts_from_the_snapshot_of_an_earlier_one(
    store: EventStore, cache: SnapshotCache
) -> None:
    repository = counters(store, cache)
    save(store, *"aaaaabbbbbcc")
    assert work(repository)[0] == 12
    assert work(repository)[0] == 0
    save(store, "c", "d")
    applied, counter = work(repository)
    assert applied == 2
    assert counter.state == State("c", {"a": 5, "b": 5, "c": 3, "d": 1})
    assert (counter.version, counter.pending) == (14, ())


def test_a_short_history_needs_no_snapshot(store: EventStore, cache: SnapshotCache) -> None:
    repository = counters(store, cache)
    save(store, *"aaaaabbbb")
    assert [work(repository)[0] for _ in range(2)] == [9, 9]


def test_a_new_snapshot_is_taken_when_the_old_one_is_far_behind(
    store: EventStore, cache: SnapshotCache
) -> None:
    repository = counters(store, cache)
    found = []
    for _ in range(3):
        save(store, *"aaaaabbbbb")
        found.append(work(repository)[0])
    assert found == [10, 10, 10]
    assert work(repository)[0] == 0


def test_what_is_got_from_a_snapshot_can_be_changed_and_saved(
    store: EventStore, cache: SnapshotCache
) -> None:
    repository = counters(store, cache)
    save(store, *"aaaaabbbbb")
    for _ in range(2):
        counter = repository.get("c")
        counter.count("c", "z")
        repository.save(counter)
    assert repository.get("c").state.counts["z"] == 2


def test_history_is_not_read_from_snapshots(store: EventStore, cache: SnapshotCache) -> None:
    repository = counters(store, cache)
    save(store, *"aaaaabbbbb")
    repository.get("c")
    assert repository.get("c", at_version=3).state == State("c", {"a": 3})


def test_an_unknown_id_is_still_not_found(store: EventStore, cache: SnapshotCache) -> None:
    with pytest.raises(AggregateNotFoundError):
        counters(store, cache).get("c")


def test_a_snapshot_of_a_state_with_another_schema_is_ignored(
    store: EventStore, cache: SnapshotCache
) -> None:
    save(store, *"aaaaabbbbb")
    counters(store, cache).get("c")
    later = dataclasses.make_dataclass(
        "State", [("counter_id", str), ("counts", dict[str, int]), ("total", int)], frozen=True
    )
    changed = Repository(
        Counter,
        store,
        category="counter",
        snapshots=Snapshots(
            later,
            take=lambda counter: later(counter.state.counter_id, counter.state.counts, 1),
            restore=lambda state: Counter.restored(State(state.counter_id, state.counts)),
            every=10,
            cache=cache,
        ),
    )
    assert work(changed)[0] == 10


@pytest.mark.parametrize("damage", [b"", b"\x00" * 80, b"null", "cut", "type"])
def test_a_broken_snapshot_is_ignored_and_made_anew(store: EventStore, damage: bytes | str) -> None:
    cache: dict[str, bytes] = {}
    repository = counters(store, cache)
    save(store, *"aaaaabbbbb")
    repository.get("c")
    [(key, good)] = cache.items()
    spoilt = {"cut": good[:-1], "type": good.replace(b'"a":5', b'"a":"5"')}
    cache[key] = damage if isinstance(damage, bytes) else spoilt[damage]
    applied, counter = work(repository)
    assert applied == 10
    assert counter.state == State("c", {"a": 5, "b": 5})
    assert cache[key] == good


def test_a_snapshot_of_another_history_is_ignored(
    new_store: Callable[[EventCodec], EventStore],
) -> None:
    cache: dict[str, bytes] = {}
    codec = EventCodec(Counted, names={"counted": Counted})
    old = MemoryEventStore(codec)
    save(old, *"aaaaabbbbb")
    counters(old, cache).get("c")
    new = new_store(codec)  # and the snapshots of the old one are still there
    for labels in ("zzzzz", "zzzzz"):
        save(new, *labels)
        assert counters(new, cache).get("c").state.counts == {"z": new.last_position()}


def test_a_snapshot_of_what_was_undone_is_ignored(store: EventStore, cache: SnapshotCache) -> None:
    repository = counters(store, cache)
    with suppress(KeyError), store.transaction():
        save(store, *"aaaaabbbbb")
        repository.get("c")
        raise KeyError
    save(store, *"aaaaazzzzz")
    assert repository.get("c").state.counts == {"a": 5, "z": 5}


def test_a_state_that_is_not_plain_is_not_kept(store: EventStore) -> None:
    cache: dict[str, bytes] = {}
    lossy = Snapshots(
        State,
        take=lambda counter: State(counter.id, {"n": float("nan")}),  # type: ignore[dict-item]
        restore=Counter.restored,
        every=1,
        cache=cache,
    )
    save(store, "a")
    repository = Repository(Counter, store, category="counter", snapshots=lossy)
    assert repository.get("c").state == State("c", {"a": 1})
    assert cache == {}


def test_a_state_that_cannot_be_restored_is_ignored(store: EventStore) -> None:
    def fail(state: State) -> Counter:
        raise LookupError(state.counter_id)

    broken = Snapshots(State, take=lambda counter: counter.state, restore=fail, every=1)
    save(store, "a")
    repository = Repository(Counter, store, category="counter", snapshots=broken)
    for _ in range(2):
        assert repository.get("c").state == State("c", {"a": 1})


def test_a_state_that_cannot_go_on_is_ignored(store: EventStore) -> None:
    class Fragile(Counter):
        def apply(self, event: Counted) -> None:
            if self.state.counts.get("a") == -1:
                raise ArithmeticError("a state that no history leads to")
            super().apply(event)

    def wrong(state: State) -> Fragile:
        fragile = Fragile()
        fragile.state = State(state.counter_id, {"a": -1})
        return fragile

    taken = Snapshots(State, take=lambda counter: counter.state, restore=wrong, every=1)
    repository = Repository(Fragile, store, category="counter", snapshots=taken)
    save(store, "a")
    repository.get("c")
    save(store, "b")
    assert repository.get("c").state == State("c", {"a": 1, "b": 1})


def test_a_cache_that_cannot_be_used_takes_nothing_away(store: EventStore) -> None:
    class Full(dict[str, bytes]):
        def __setitem__(self, key: str, value: bytes) -> None:
            raise OSError("no space left")

    save(store, *"aaaaabbbbb")
    for _ in range(2):
        assert work(counters(store, Full()))[0] == 10
