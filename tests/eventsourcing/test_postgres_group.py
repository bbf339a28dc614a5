"""Several members of one group follow a store on PostgreSQL; here they are threads."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from psycopg.conninfo import make_conninfo

from workshop.eventsourcing.errors import EventSourcingError
from workshop.eventsourcing.event import Event, StoredEvent
from workshop.eventsourcing.postgres import PostgresEventStore, SubscriptionGroup
from workshop.eventsourcing.projection import Projection
from workshop.eventsourcing.testing.store_contract import example_codec
from workshop.eventsourcing.testing.store_contract.examples import entered

NOW = datetime(2024, 5, 1, 9, 0, tzinfo=UTC)
GATES = [f"gate-{n}" for n in range(24)]  # so many that each of 8 partitions has some


class Visits(Projection):
    """Notes each event that had its effect, in the order of effects, and counts them all."""

    name = "visits"

    def __init__(self, store: PostgresEventStore) -> None:
        self._store = store
        self.before: Callable[[StoredEvent[Event]], None] = lambda stored: None

    def project(self, stored: StoredEvent[Event]) -> None:
        connection = self._store.connection
        connection.execute(
            "INSERT INTO visits (stream, version) VALUES (%s, %s)", [stored.stream, stored.version]
        )
        self.before(stored)
        connection.execute("UPDATE total SET visits = visits + 1")

    def make(self) -> None:
        with self._store.transaction():
            self._store.connection.execute(
                """
                CREATE TABLE visits (
                    turn bigint GENERATED ALWAYS AS IDENTITY, stream text, version bigint
                );
                CREATE TABLE total (visits bigint);
                INSERT INTO total VALUES (0);
                """
            )

    def seen(self) -> dict[str, list[int]]:
        """The versions of each stream that had their effect, in that order."""
        query = "SELECT stream, array_agg(version ORDER BY turn) FROM visits GROUP BY stream"
        with self._store.transaction():
            return dict(self._store.connection.execute(query))

    def total(self) -> int:
        with self._store.transaction():
            [(total,)] = self._store.connection.execute("SELECT visits FROM total")
        return int(total)


@pytest.fixture
def dsn(server: str, schema: str) -> str:
    """A user's own tables are in the schema, too, and the server is soon out of patience."""
    path = f'"{schema}"'.replace(" ", "\\ ")
    settings = f"-c search_path={path} -c idle_in_transaction_session_timeout=1500"
    return make_conninfo(server, options=settings)


@pytest.fixture
def store(dsn: str, schema: str) -> Iterator[PostgresEventStore]:
    store = PostgresEventStore(dsn, example_codec(), schema=schema, clock=lambda: NOW)
    yield store
    store.close()


@pytest.fixture
def visits(store: PostgresEventStore) -> Visits:
    visits = Visits(store)
    visits.make()
    return visits


def enter(store: PostgresEventStore, times: int, *gates: str) -> None:
    """Somebody goes through each of the gates, that often."""
    for _ in range(times):
        for gate in gates or GATES:
            store.append(gate, entered(1), expected_version=None)


def expected(times: int, *gates: str) -> dict[str, list[int]]:
    return {gate: list(range(1, times + 1)) for gate in gates or GATES}


@contextmanager
def running(*groups: SubscriptionGroup) -> Iterator[list[EventSourcingError]]:
    """Members that run, each in a thread; gives what they are told of."""
    stop, told = threading.Event(), list[EventSourcingError]()
    threads = [
        threading.Thread(
            target=group.run, args=[stop], kwargs={"interval": 0.02, "on_error": told.append}
        )
        for group in groups
    ]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


def wait_until(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 60  # seconds, for a machine that has more to do
    while not condition():
        assert time.monotonic() < limit, "it never happened"
        time.sleep(0.02)


def shares(group: SubscriptionGroup) -> list[int]:
    """How many partitions each member has, in order of size; none as long as one is free."""
    owners = Counter(each.owner for each in group.progress())
    return [] if owners[None] else sorted(owners.values())


def test_a_member_alone_brings_each_event_once_and_each_stream_in_order(
    store: PostgresEventStore, visits: Visits
) -> None:
    group = SubscriptionGroup(store, visits)
    assert group.run_once() == 0
    enter(store, 3)
    assert group.run_once() == 3 * len(GATES)
    assert group.run_once() == 0
    enter(store, 1)
    assert group.run_once() == len(GATES)
    assert visits.seen() == expected(4)


def test_members_share_the_partitions_and_the_work(
    store: PostgresEventStore, visits: Visits
) -> None:
    groups = [SubscriptionGroup(store, visits, member=f"reader {n}") for n in range(3)]
    with running(*groups) as told:
        wait_until(lambda: shares(groups[0]) == [2, 3, 3])
        enter(store, 3)
        wait_until(lambda: visits.seen() == expected(3))
    assert visits.total() == 3 * len(GATES)
    assert told == []
    assert {each.owner for each in groups[0].progress()} == {None}


def test_a_new_member_gets_its_share_and_what_a_member_leaves_goes_to_the_others(
    store: PostgresEventStore, visits: Visits
) -> None:
    first, second, third = (SubscriptionGroup(store, visits, member=f"{n}") for n in range(3))
    with running(first):
        wait_until(lambda: shares(first) == [8])
        with running(second):
            wait_until(lambda: shares(first) == [4, 4])
            enter(store, 1)
            with running(third):
                wait_until(lambda: shares(first) == [2, 3, 3])
                enter(store, 1)
            enter(store, 1)
        wait_until(lambda: shares(first) == [8])
        wait_until(lambda: visits.seen() == expected(3))


def test_more_members_than_partitions_do_no_harm(store: PostgresEventStore, visits: Visits) -> None:
    groups = [SubscriptionGroup(store, visits, partitions=2, member=f"{n}") for n in range(4)]
    with running(*groups):
        wait_until(lambda: shares(groups[0]) == [1, 1])
        enter(store, 2)
        wait_until(lambda: visits.seen() == expected(2))
