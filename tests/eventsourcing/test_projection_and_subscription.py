import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from workshop.eventsourcing import (
    CodecError,
    EncodedEvent,
    Event,
    EventCodec,
    EventStore,
    MemoryEventStore,
    Progress,
    Projection,
    ProjectionError,
    SqliteEventStore,
    StoredEvent,
    Subscription,
)
from workshop.eventsourcing.testing import MisbehavingStore, SimulatedCrashError


@dataclass(frozen=True, kw_only=True)
class Sold(Event):
    number: int


@dataclass(frozen=True, kw_only=True)
class Returned(Event):
    number: int


NAMES: dict[str, type[Event]] = {"sold": Sold, "returned": Returned}
CODEC = EventCodec(Sold | Returned, names=NAMES)


class Sales(Projection):
    """A read model in memory."""

    name = "sales"

    def __init__(self) -> None:
        self.numbers: list[int] = []

    def project(self, stored: StoredEvent[Event]) -> None:
        match stored.event:
            case Sold(number=number):
                if number == 13:
                    raise ArithmeticError("thirteen")
                self.numbers.append(number)


class SalesTable(Projection):
    """A read model in the store's own database."""

    name = "sales-table"

    def __init__(self, store: SqliteEventStore) -> None:
        self._store = store
        with store.transaction():
            store.connection.execute("CREATE TABLE IF NOT EXISTS sales (number INTEGER)")

    def project(self, stored: StoredEvent[Event]) -> None:
        match stored.event:
            case Sold(number=number):
                self._store.connection.execute("INSERT INTO sales VALUES (?)", [number])
                if number == 13:
                    raise ArithmeticError("thirteen")

    def numbers(self) -> list[int]:
        with self._store.transaction():
            rows = self._store.connection.execute("SELECT number FROM sales ORDER BY rowid")
            return [number for (number,) in rows]


@pytest.fixture
def store(new_store: Callable[[EventCodec], EventStore]) -> EventStore:
    return new_store(CODEC)


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[SqliteEventStore]:
    store = SqliteEventStore(tmp_path / "events.db", CODEC, synchronous="NORMAL")
    yield store
    store.close()


def sell(store: EventStore, *numbers: int) -> None:
    store.append("shop-1", [Sold(number=number) for number in numbers], expected_version=None)


def test_a_projection_gets_every_event_once_and_in_order(store: EventStore) -> None:
    sales = Sales()
    subscription = Subscription(store, sales)
    sell(store, 1, 2)
    assert subscription.run_once() == 2
    assert subscription.run_once() == 0
    sell(store, *range(100, 350))  # more than a page
    assert subscription.run_once() == 250
    assert sales.numbers == [1, 2, *range(100, 350)]


def test_the_checkpoint_is_the_last_position(store: EventStore) -> None:
    sell(store, 1, 2, 3)
    Subscription(store, Sales()).run_once()
    assert store.checkpoint("sales") == store.last_position()


def test_a_projection_may_ignore_events(store: EventStore) -> None:
    sales = Sales()
    store.append("shop-1", [Returned(number=1), Sold(number=2)], expected_version=0)
    assert Subscription(store, sales).run_once() == 2
    assert sales.numbers == [2]


def test_a_projection_may_ask_for_some_types_only(store: EventStore) -> None:
    class Returns(Projection):
        name = "returns"
        types = (Returned,)

        def __init__(self) -> None:
            self.seen: list[Event] = []

        def project(self, stored: StoredEvent[Event]) -> None:
            self.seen.append(stored.event)

    returns = Returns()
    store.append("shop-1", [Sold(number=1), Returned(number=1)], expected_version=0)
    assert Subscription(store, returns).run_once() == 1
    assert returns.seen == [Returned(number=1)]


def test_projections_follow_at_their_own_pace(store: EventStore) -> None:
    early, late = Sales(), Sales()
    late.name = "late"
    sell(store, 1)
    Subscription(store, early).run_once()
    sell(store, 2)
    Subscription(store, late).run_once()
    assert (early.numbers, late.numbers) == ([1], [1, 2])


def test_after_a_restart_it_goes_on_where_it_was(sqlite_store: SqliteEventStore) -> None:
    sell(sqlite_store, 1, 2)
    Subscription(sqlite_store, SalesTable(sqlite_store)).run_once()
    sell(sqlite_store, 3)
    assert Subscription(sqlite_store, SalesTable(sqlite_store)).run_once() == 1
    assert SalesTable(sqlite_store).numbers() == [1, 2, 3]


def test_a_bad_event_stops_its_own_projection_in_front_of_it(store: EventStore) -> None:
    sales, other = Sales(), Sales()
    other.name = "other"
    other.project = lambda stored: None  # type: ignore[method-assign]
    sell(store, 1, 2, 13, 4)
    for _ in range(2):
        with pytest.raises(ProjectionError) as failure:
            Subscription(store, sales).run_once()
        assert str(failure.value).startswith(
            "projection 'sales' failed at position 3 on Sold(number=13); "
        )
        assert (failure.value.projection, failure.value.position) == ("sales", 3)
        assert isinstance(failure.value.__cause__, ArithmeticError)
    assert sales.numbers == [1, 2]
    assert store.checkpoint("sales") == 2
    assert Subscription(store, other).run_once() == 4


def test_the_effect_of_a_failed_event_is_undone(sqlite_store: SqliteEventStore) -> None:
    table = SalesTable(sqlite_store)
    sell(sqlite_store, 1, 13)
    with pytest.raises(ProjectionError):
        Subscription(sqlite_store, table).run_once()
    assert table.numbers() == [1]


def test_events_before_one_that_cannot_be_read_have_their_effect(store: EventStore) -> None:
    class Picky(EventCodec):
        def decode(self, encoded: EncodedEvent) -> Event:
            if b"13" in encoded.data:
                raise CodecError("unlucky")
            return super().decode(encoded)

    bad = MemoryEventStore(Picky(Sold | Returned, names=NAMES))
    sell(bad, 1, 2, 13, 4)
    sales = Sales()
    with pytest.raises(CodecError, match=r"unlucky.*position 3"):
        Subscription(bad, sales).run_once()
    assert sales.numbers == [1, 2]
    assert bad.checkpoint("sales") == 2


def test_a_read_model_in_memory_is_made_anew_from_the_start(store: EventStore) -> None:
    sell(store, 1, 2)
    for _ in range(2):  # two starts of the program
        sales = Sales()
        Subscription(store, sales, checkpoints=MemoryEventStore(CODEC)).run_once()
        assert sales.numbers == [1, 2]
    assert store.checkpoint("sales") == 0


def test_genuine_repeats_are_no_duplicates(store: EventStore) -> None:
    sales = Sales()
    sell(store, 7, 7)
    sell(store, 7)
    Subscription(store, sales).run_once()
    assert sales.numbers == [7, 7, 7]


@pytest.mark.parametrize("seed", range(20))
def test_each_event_has_one_effect_whatever_the_feed_and_the_power_supply_do(
    sqlite_store: SqliteEventStore, seed: int
) -> None:
    table = SalesTable(sqlite_store)
    unruly = MisbehavingStore(
        sqlite_store,
        seed=seed,
        duplicates=0.3,
        delays=0.3,
        out_of_order=0.3,
        lost_checkpoints=0.2,
    )
    crashes = 0
    for start in range(0, 30, 10):
        sell(sqlite_store, *(number + 100 for number in range(start, start + 10)))
        for _ in range(20):
            try:
                Subscription(unruly, table).run_once()
            except SimulatedCrashError:
                crashes += 1
    assert table.numbers() == list(range(100, 130))
    assert crashes > 0


def test_two_runners_of_one_projection_share_the_work(sqlite_store: SqliteEventStore) -> None:
    table = SalesTable(sqlite_store)
    sell(sqlite_store, *range(100, 300))
    counts: list[int] = []
    runners = [
        threading.Thread(target=lambda: counts.append(Subscription(sqlite_store, table).run_once()))
        for _ in range(2)
    ]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    assert sum(counts) == 200
    assert table.numbers() == list(range(100, 300))


class Overtaken(MemoryEventStore):
    """Once a first page is read, another runner has done what is on it."""

    def read_all(
        self, *, after: int = 0, types: Sequence[type[Event]] = (), limit: int | None = None
    ) -> Iterator[StoredEvent[Event]]:
        page = list(super().read_all(after=after, types=types, limit=limit))
        if after == 0:
            self.save_checkpoint("sales", page[-1].position)
        return iter(page)


def test_run_once_goes_on_to_the_end_if_another_runner_was_quicker() -> None:
    store, sales = Overtaken(CODEC), Sales()
    sell(store, *range(100, 350))
    assert Subscription(store, sales).run_once() == 150
    assert sales.numbers == list(range(200, 350))
    assert store.checkpoint("sales") == 250


def test_a_subscription_can_be_asked_how_far_it_is(store: EventStore, now: datetime) -> None:
    subscription = Subscription(store, Sales())
    assert subscription.progress() == Progress(0, 0, 0, None)
    sell(store, 1, 2, 3)
    assert subscription.progress() == Progress(0, 3, lag=3, waiting_since=now)
    subscription.run_once()
    assert subscription.progress() == Progress(3, 3, lag=0, waiting_since=None)


def test_what_a_projection_does_not_want_to_see_does_not_wait_for_it(
    store: EventStore, now: datetime
) -> None:
    sales = Sales()
    sales.types = (Returned,)
    sell(store, 1, 2, 3)
    assert Subscription(store, sales).progress() == Progress(0, 3, lag=0, waiting_since=None)
    store.append("shop-2", [Returned(number=1)], expected_version=0)
    waiting_since = now + timedelta(minutes=1)
    assert Subscription(store, sales).progress() == Progress(0, 4, 1, waiting_since)


def test_run_follows_until_it_is_stopped(store: EventStore) -> None:
    arrived, stop = threading.Event(), threading.Event()

    class UpTo3(Sales):
        def project(self, stored: StoredEvent[Event]) -> None:
            super().project(stored)
            if self.numbers[-1] == 3:
                arrived.set()

    sales = UpTo3()
    sell(store, 1)
    runner = threading.Thread(
        target=Subscription(store, sales).run, args=[stop], kwargs={"interval": 0.01}
    )
    runner.start()
    try:
        sell(store, 2)
        sell(store, 3)
        assert arrived.wait(60)
    finally:
        stop.set()
        runner.join(60)
    assert not runner.is_alive()
    assert sales.numbers == [1, 2, 3]


def test_run_does_nothing_once_it_is_stopped(store: EventStore) -> None:
    stop = threading.Event()
    stop.set()
    sell(store, 1)
    sales = Sales()
    Subscription(store, sales).run(stop)
    assert sales.numbers == []
