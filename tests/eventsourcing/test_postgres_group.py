"""Several members of one group follow a store on PostgreSQL; here they are threads."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest

from tests.eventsourcing.visits import (
    CODEC,
    GATES,
    Opened,
    Passed,
    Visits,
    enter,
    expected,
    hanging_at_most,
    wait_until,
)
from workshop.eventsourcing.codec import EncodedEvent, EventCodec
from workshop.eventsourcing.errors import (
    CodecError,
    EventSourcingError,
    ProjectionError,
    StoreError,
)
from workshop.eventsourcing.event import Event
from workshop.eventsourcing.postgres import PostgresEventStore, SubscriptionGroup
from workshop.eventsourcing.postgres.founding import found
from workshop.eventsourcing.postgres.partition import Partition
from workshop.eventsourcing.postgres.problems import ConnectionLostError
from workshop.eventsourcing.subscription import Subscription

NOW = datetime(2024, 5, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(read_model: str, schema: str) -> Iterator[PostgresEventStore]:
    store = PostgresEventStore(read_model, CODEC, schema=schema, clock=lambda: NOW)
    yield store
    store.close()


class Thirteen:
    """Superstitious, until it has been talked out of it."""

    def __init__(self) -> None:
        self.mended = False

    def __call__(self, passed: Passed) -> None:
        if passed.visitor == 13 and not self.mended:
            raise ArithmeticError("thirteen")


@contextmanager
def running(*groups: SubscriptionGroup) -> Iterator[list[EventSourcingError]]:
    """Members that run, each in a thread; gives what they are told of."""
    stop, told = threading.Event(), list[EventSourcingError]()
    arguments = {"interval": 0.02, "on_error": told.append}
    threads = [
        threading.Thread(target=group.run, args=[stop], kwargs=arguments) for group in groups
    ]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        stop.set()
        for thread in threads:
            thread.join(120)
    assert not any(thread.is_alive() for thread in threads)


def shares(group: SubscriptionGroup) -> list[int]:
    """How many partitions each member has, in order of size; none as long as one is free."""
    owners = Counter(each.owner for each in group.progress())
    return [] if owners[None] else sorted(owners.values())


def test_a_member_alone_brings_each_event_once_and_each_stream_in_order(
    store: PostgresEventStore, visits: Visits
) -> None:
    group = SubscriptionGroup(store, visits)
    assert group.run_once() == 0
    enter(store, 1, 2, 3)
    assert group.run_once() == 3 * len(GATES)
    assert group.run_once() == 0
    enter(store, 4)
    assert group.run_once() == len(GATES)
    assert visits.seen() == expected(4)


def test_members_share_the_partitions_and_the_work(
    store: PostgresEventStore, visits: Visits
) -> None:
    groups = [SubscriptionGroup(store, visits, member=f"reader {n}") for n in range(3)]
    with running(*groups) as told:
        wait_until(lambda: shares(groups[0]) == [2, 3, 3])
        enter(store, 1, 2, 3)
        wait_until(lambda: visits.seen() == expected(3))
    assert visits.total() == 3 * len(GATES)
    assert told == []
    # The server ends their sessions in its own time.
    wait_until(lambda: {each.owner for each in groups[0].progress()} == {None})


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
                enter(store, 2)
            enter(store, 3)
        wait_until(lambda: shares(first) == [8])
        wait_until(lambda: visits.seen() == expected(3))


class Turnstile:
    """Stops the first ten visitors in front of each gate, until it lets one through, or all."""

    def __init__(self) -> None:
        self.arrived = 0
        self._passes = threading.Semaphore(0)

    def __call__(self, passed: Passed) -> None:
        if passed.visitor <= 10:
            self.arrived += 1
            self._passes.acquire()

    def let_one_through(self) -> None:
        """Lets one through, and waits for the next, who must be in the same page."""
        assert self.arrived < 90
        before = self.arrived
        self._passes.release()
        wait_until(lambda: self.arrived > before)

    def open(self) -> None:
        self._passes.release(1_000)


@pytest.fixture
def turnstile(
    store: PostgresEventStore, visits: Visits, read_model: str, schema: str
) -> Iterator[Turnstile]:
    """A member that has two partitions, and in each a page of effects that take their time."""
    enter(store, *range(1, 11))
    turnstile = Turnstile()
    slow = PostgresEventStore(hanging_at_most("10min", read_model), CODEC, schema=schema)
    visits = Visits(slow, turnstile)
    with running(SubscriptionGroup(slow, visits, partitions=2, timeout=600, member="busy")) as told:
        wait_until(lambda: turnstile.arrived == 1)
        try:
            yield turnstile
        finally:
            turnstile.open()
        wait_until(lambda: visits.total() >= 10 * len(GATES))
    slow.close()
    assert told == []


@contextmanager
def joined(store: PostgresEventStore, visits: Visits, turnstile: Turnstile) -> Iterator[None]:
    """Another member, which has got one of the two partitions and done all that was there."""
    name = f"new at {id(store)}"
    group = SubscriptionGroup(store, visits, partitions=2, member=name)
    there = "SELECT FROM pg_stat_activity WHERE application_name = %s AND state = 'idle'"
    with running(group) as told:
        wait_until(lambda: len(ask(store, there, name)) > 0)
        while shares(group) == [2]:
            turnstile.let_one_through()
        wait_until(lambda: visits.total() >= 100)
        yield
    assert told == []


def ask(store: PostgresEventStore, query: str, *parameters: object) -> list[tuple[object, ...]]:
    with store.transaction():
        return store.connection.execute(query, parameters).fetchall()


def test_a_new_member_has_its_share_before_the_page_at_hand_is_done(
    store: PostgresEventStore, visits: Visits, turnstile: Turnstile
) -> None:
    with joined(store, visits, turnstile):
        assert shares(SubscriptionGroup(store, visits, partitions=2)) == [1, 1]


def test_what_a_member_leaves_has_its_turn_before_the_page_at_hand_is_done(
    store: PostgresEventStore, visits: Visits, turnstile: Turnstile
) -> None:
    with joined(store, visits, turnstile):
        pass
    wait_until(lambda: shares(SubscriptionGroup(store, visits, partitions=2)) == [])
    enter(store, 11)
    while not any(11 in versions for versions in visits.seen().values()):
        turnstile.let_one_through()


def test_a_page_that_has_ended_leaves_out_nothing_for_good(
    store: PostgresEventStore, visits: Visits
) -> None:
    enter(store, 1)
    looks = iter([[0], [0], [], [0]])
    group = found(store, visits, partitions=1)
    partition = Partition(store, visits, group, 0, share=lambda: next(looks, [0]))
    assert partition.run_page() == 2
    assert partition.run_page() == len(GATES) - 2
    assert visits.seen() == expected(1)


def test_more_members_than_partitions_do_no_harm(store: PostgresEventStore, visits: Visits) -> None:
    groups = [SubscriptionGroup(store, visits, partitions=2, member=f"{n}") for n in range(4)]
    with running(*groups):
        wait_until(lambda: shares(groups[0]) == [1, 1])
        enter(store, 1, 2)
        wait_until(lambda: visits.seen() == expected(2))


def test_a_member_whose_session_is_lost_joins_again(
    store: PostgresEventStore, visits: Visits, server: str
) -> None:
    group = SubscriptionGroup(store, visits, member=f"reader of {id(store)}")
    with running(group), psycopg.connect(server, autocommit=True) as other:
        wait_until(lambda: shares(group) == [8])
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
        assert other.execute(end, [f"reader of {id(store)}"]).fetchall() == [(True,)]
        enter(store, 1)
        wait_until(lambda: visits.seen() == expected(1) and shares(group) == [8])


class Trap:
    """Whoever walks into it hangs there, until it is opened."""

    def __init__(self) -> None:
        self.entered, self._opened = threading.Event(), threading.Event()

    def __call__(self, _: object = None) -> None:
        self.entered.set()
        self._opened.wait()

    def open(self) -> None:
        self._opened.set()


def test_a_member_that_hangs_in_an_effect_has_done_nothing_when_it_comes_back_too_late(
    store: PostgresEventStore, visits: Visits, read_model: str, schema: str
) -> None:
    trap = Trap()
    impatient = PostgresEventStore(hanging_at_most("1500ms", read_model), CODEC, schema=schema)
    victim = SubscriptionGroup(impatient, Visits(impatient, trap), member="victim", timeout=0.5)
    other = SubscriptionGroup(store, visits, member="other")
    enter(store, 1, 2)
    with running(victim) as told:
        assert trap.entered.wait(120)
        try:
            with running(other) as others_told:
                wait_until(lambda: visits.seen() == expected(2))
        finally:
            trap.open()
        wait_until(lambda: shares(other) == [8])
        enter(store, 3)
        wait_until(lambda: visits.seen() == expected(3))
    impatient.close()
    assert visits.total() == 3 * len(GATES)
    assert others_told == told == []


def test_a_member_that_hangs_in_an_effect_keeps_the_others_from_that_partition_alone(
    store: PostgresEventStore, visits: Visits, read_model: str, schema: str
) -> None:
    trap = Trap()
    patient = PostgresEventStore(hanging_at_most("10min", read_model), CODEC, schema=schema)
    victim = SubscriptionGroup(patient, Visits(patient, trap), member="victim", timeout=0.5)
    other = SubscriptionGroup(store, visits, member="other")
    enter(store, 1, 2)
    with running(victim) as told:
        assert trap.entered.wait(120)
        try:
            with running(other):
                wait_until(lambda: sum(each.lag > 0 for each in other.progress()) == 1)
                assert shares(other) == [8]
        finally:
            trap.open()
        wait_until(lambda: visits.seen() == expected(2))
    patient.close()
    assert visits.total() == 2 * len(GATES)
    assert told == []


def test_a_member_that_hung_before_an_effect_skips_what_others_have_done_meanwhile(
    store: PostgresEventStore, visits: Visits, read_model: str, schema: str
) -> None:
    trap = Trap()

    class Sluggish(PostgresEventStore):
        """Once it has read a page, it takes its time."""

        def checkpoint(self, name: str) -> int:
            if self._threads.session.depth and name != visits.name:
                trap()
            return super().checkpoint(name)

    sluggish = Sluggish(hanging_at_most("10min", read_model), CODEC, schema=schema)
    victim = SubscriptionGroup(sluggish, Visits(sluggish), member="victim", timeout=0.5)
    other = SubscriptionGroup(store, visits, member="other")
    enter(store, 1, 2)
    with running(victim) as told:
        assert trap.entered.wait(120)
        try:
            with running(other):
                wait_until(lambda: visits.seen() == expected(2))
        finally:
            trap.open()
        enter(store, 3)
        wait_until(lambda: visits.seen() == expected(3))
    sluggish.close()
    assert visits.total() == 3 * len(GATES)
    assert told == []


class Cut:
    """Ends the connection that its effect is written through, so many times."""

    def __init__(
        self, store: PostgresEventStore, meet: Callable[[psycopg.Error], object], times: float = 1
    ) -> None:
        self._store, self._meet, self.left = store, meet, times

    def __call__(self, passed: Passed) -> None:
        if passed.visitor == 13 and self.left:
            self.left -= 1
            try:
                self._store.connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            except psycopg.Error as error:
                self._meet(error)


def raise_it(error: psycopg.Error) -> None:
    raise error


def raise_another(error: psycopg.Error) -> None:
    raise RuntimeError("the visit was not noted") from error


def go_on(_: psycopg.Error) -> None:
    """The projection's next statement fails, too."""


MEETINGS = pytest.mark.parametrize("meet", [raise_it, raise_another, go_on])


@MEETINGS
def test_an_effect_that_loses_its_connection_is_undone_and_done_once(
    store: PostgresEventStore, visits: Visits, meet: Callable[[psycopg.Error], object]
) -> None:
    cut = Cut(store, meet)
    group = SubscriptionGroup(store, Visits(store, cut))
    enter(store, 1)
    store.append("gate-0", [Passed(visitor=13)], expected_version=1)
    with running(group) as told:
        wait_until(lambda: visits.seen() == expected(1) | {"gate-0": [1, 2]})
    assert cut.left == 0
    assert told == []
    assert visits.total() == len(GATES) + 1


def test_an_effect_that_loses_its_connection_in_the_store_is_undone_and_done_once(
    store: PostgresEventStore, visits: Visits
) -> None:
    def append(_: object) -> None:
        store.append("log", [Opened()], expected_version=None)

    visits.types = (Passed,)
    cut = Cut(store, append)
    store.append("gate-0", [Passed(visitor=13)], expected_version=0)
    assert SubscriptionGroup(store, Visits(store, cut)).run_once() == 1
    assert cut.left == 0
    assert list(store.read("log")) == []


@MEETINGS
def test_a_subscription_whose_effect_loses_its_connection_says_so_and_goes_on_there(
    store: PostgresEventStore, visits: Visits, meet: Callable[[psycopg.Error], object]
) -> None:
    alone = Subscription(store, Visits(store, Cut(store, meet)))
    enter(store, 1)
    store.append("gate-0", [Passed(visitor=13)], expected_version=1)
    with pytest.raises(StoreError, match="broke the connection inside a transaction"):
        alone.run_once()
    assert alone.run_once() == 1
    assert visits.seen() == expected(1) | {"gate-0": [1, 2]}


def test_an_effect_that_always_loses_its_connection_is_told_and_stops_its_partition_alone(
    read_model: str, schema: str, store: PostgresEventStore, visits: Visits
) -> None:
    hasty = PostgresEventStore(read_model, CODEC, schema=schema, patience=0.1)
    cut = Cut(hasty, raise_it, times=float("inf"))
    enter(store, 1)
    store.append("gate-0", [Passed(visitor=13)], expected_version=1)
    with running(SubscriptionGroup(hasty, Visits(hasty, cut))) as told:
        wait_until(lambda: visits.seen() == expected(1) and len(told) > 1)
    hasty.close()
    assert {type(each) for each in told} == {ConnectionLostError}


def test_the_server_ends_a_transaction_that_hangs_for_a_minute_or_what_the_dsn_says(
    store: PostgresEventStore, read_model: str, schema: str
) -> None:
    other = PostgresEventStore(hanging_at_most("2min", read_model), CODEC, schema=schema)
    for each, timeout in ((store, "1min"), (other, "2min")):
        with each.transaction():
            shown = each.connection.execute("SHOW idle_in_transaction_session_timeout").fetchall()
        assert shown == [(timeout,)]
    other.close()


def test_an_event_that_fails_stops_its_partition_alone_until_it_is_mended(
    store: PostgresEventStore, visits: Visits
) -> None:
    check = Thirteen()
    group = SubscriptionGroup(store, Visits(store, check))
    enter(store, 1)
    position = store.append("gate-0", [Passed(visitor=13)], expected_version=1).position
    enter(store, 3)
    with running(group) as told:
        wait_until(lambda: sum(each.lag > 0 for each in group.progress()) == 1 < len(told))
        [stuck] = [each for each in group.progress() if each.lag]
        assert visits.seen()["gate-0"] == [1]
        check.mended = True
        wait_until(lambda: visits.seen() == expected(2) | {"gate-0": [1, 2, 3]})
    assert all(isinstance(each, ProjectionError) for each in told)
    [first, *_] = told
    assert isinstance(first, ProjectionError)
    assert (first.projection, first.position) == (f"visits/{stuck.partition}", position)
    assert isinstance(first.__cause__, ArithmeticError)


def test_run_once_raises_what_failed_when_the_others_are_done(
    store: PostgresEventStore, visits: Visits
) -> None:
    store.append("gate-0", [Passed(visitor=13)], expected_version=0)
    enter(store, 1)
    group = SubscriptionGroup(store, Visits(store, Thirteen()))
    for _ in range(2):
        with pytest.raises(ProjectionError, match=r"'visits/\d' failed at position 1 "):
            group.run_once()
    seen = visits.seen()
    assert "gate-0" not in seen
    assert len(seen) > 15


def test_an_event_that_cannot_be_read_stops_its_partition_alone(
    read_model: str, schema: str, store: PostgresEventStore, visits: Visits
) -> None:
    class Picky(EventCodec):
        def decode(self, encoded: EncodedEvent) -> Event:
            if b"13" in encoded.data:
                raise CodecError("unlucky")
            return super().decode(encoded)

    enter(store, 1)
    store.append("gate-0", [Passed(visitor=13)], expected_version=1)
    names = {"passed": Passed}
    picky = PostgresEventStore(read_model, Picky(Passed, names=names), schema=schema)
    with pytest.raises(CodecError, match=r"unlucky .*'gate-0', version 2"):
        SubscriptionGroup(picky, Visits(picky)).run_once()
    picky.close()
    assert visits.seen() == expected(1)


def test_a_group_may_ask_for_some_types_only(store: PostgresEventStore, visits: Visits) -> None:
    visits.types = (Opened,)
    enter(store, 1)
    for gate in GATES:
        store.append(gate, [Opened()], expected_version=1)
    group = SubscriptionGroup(store, visits)
    assert sum(each.lag for each in group.progress()) == len(GATES)
    assert group.run_once() == len(GATES)
    assert sum(each.lag for each in group.progress()) == 0
    assert visits.seen() == {gate: [2] for gate in GATES}


def test_the_number_of_partitions_is_fixed_when_a_group_is_first_made(
    store: PostgresEventStore, visits: Visits
) -> None:
    SubscriptionGroup(store, visits, partitions=4)
    with pytest.raises(StoreError, match=r"'visits' has 4 partitions, not 8: say partitions=4, or"):
        SubscriptionGroup(store, visits)
    assert SubscriptionGroup(store, visits, partitions=4).run_once() == 0


@pytest.mark.parametrize("partitions", [0, -1])
def test_a_group_needs_a_partition(
    store: PostgresEventStore, visits: Visits, partitions: int
) -> None:
    with pytest.raises(ValueError, match="1 partition or more"):
        SubscriptionGroup(store, visits, partitions=partitions)


def test_a_member_without_a_timeout_would_never_be_given_up(
    store: PostgresEventStore, visits: Visits
) -> None:
    with pytest.raises(ValueError, match="a millisecond or more, not 0 seconds"):
        SubscriptionGroup(store, visits, timeout=0)


def test_groups_of_other_names_and_schemas_are_strangers(
    store: PostgresEventStore, visits: Visits, read_model: str, schema: str
) -> None:
    elsewhere = PostgresEventStore(read_model, CODEC, schema=f"{schema}'s twin")
    other = Visits(store)
    other.name = "other-visits"
    enter(store, 1)
    groups = [
        SubscriptionGroup(store, visits),
        SubscriptionGroup(store, other, partitions=2),
        SubscriptionGroup(elsewhere, visits, partitions=3),
    ]
    with running(*groups):
        wait_until(lambda: [shares(group) for group in groups] == [[8], [2], [3]])
        wait_until(lambda: visits.total() == 2 * len(GATES))
    with elsewhere.transaction():
        elsewhere.connection.execute(f'DROP SCHEMA "{schema}\'s twin" CASCADE')
    elsewhere.close()


def test_a_group_goes_on_where_a_subscription_was_and_takes_its_place(
    store: PostgresEventStore, visits: Visits
) -> None:
    alone = Subscription(store, visits)
    enter(store, 1, 2)
    assert alone.run_once() == 2 * len(GATES)
    group = SubscriptionGroup(store, visits)
    enter(store, 3)
    assert alone.run_once() == 0
    assert group.run_once() == len(GATES)
    assert visits.seen() == expected(3)


def test_a_group_can_be_asked_how_far_it_is(store: PostgresEventStore, visits: Visits) -> None:
    group = SubscriptionGroup(store, visits, partitions=3)
    enter(store, 1)
    before = group.progress()
    assert [each.partition for each in before] == [0, 1, 2]
    assert sum(each.lag for each in before) == len(GATES)
    assert {(each.position, each.waiting_since, each.rate) for each in before} == {(0, NOW, None)}
    group.run_once()
    after = group.progress()
    assert [(each.lag, each.waiting_since) for each in after] == [(0, None)] * 3
    assert max(each.position for each in after) == len(GATES)
    assert all(each.rate and each.rate > 0 for each in after)
    assert [each.rate for each in group.progress()] == [0, 0, 0]


def test_a_partition_without_events_does_not_read_the_same_log_again_and_again(
    store: PostgresEventStore, visits: Visits
) -> None:
    group = SubscriptionGroup(store, visits)
    last = store.append("gate-0", [Opened()] * 1500, expected_version=0).position
    assert group.run_once() == 1500
    assert [each.position for each in group.progress()] == [last] * 8


def test_run_says_that_the_store_is_closed(store: PostgresEventStore, visits: Visits) -> None:
    group = SubscriptionGroup(store, visits)
    store.close()
    with pytest.raises(StoreError, match="is closed"):
        group.run(threading.Event())


def test_run_does_nothing_once_it_is_stopped(store: PostgresEventStore, visits: Visits) -> None:
    stop = threading.Event()
    stop.set()
    enter(store, 1)
    SubscriptionGroup(store, visits).run(stop)
    assert visits.seen() == {}


def test_a_failure_is_logged_if_nobody_else_is_told(
    store: PostgresEventStore, visits: Visits, caplog: pytest.LogCaptureFixture
) -> None:
    store.append("gate-0", [Passed(visitor=13)], expected_version=0)
    stop = threading.Event()
    group = SubscriptionGroup(store, Visits(store, Thirteen()))
    thread = threading.Thread(target=group.run, args=[stop])
    thread.start()
    try:
        wait_until(lambda: "failed at position 1 on Passed(visitor=13)" in caplog.text)
    finally:
        stop.set()
        thread.join(120)
    assert not thread.is_alive()
