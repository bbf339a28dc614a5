"""Step 19: the same contract holds on a database server."""

import importlib
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from datetime import UTC, datetime, timedelta, timezone

import pytest

from workshop.eventsourcing import CodecError, ConcurrencyError, Event
from workshop.eventsourcing.testing import postgres_server

psycopg = pytest.importorskip("psycopg", reason="step 19 needs the extra `postgres-server`")

EMPTY = """
    ALTER TABLE events DISABLE TRIGGER USER;
    DELETE FROM events;
    DELETE FROM checkpoints;
    ALTER TABLE events ENABLE TRIGGER USER;
"""
"""What an application never does: between two tests, all that happened is forgotten."""


class Clock:
    """Stands still; a test may set it, back too."""

    def __init__(self):
        self.now = datetime(2026, 6, 1, 9, 0, 0, 250, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def database():
    """A database for these tests alone, in which nobody waits in vain for more than a second.

    A lock is a lock in its database: who uses the server besides does not matter. One database
    serves all the tests, since to make it, and its tables, takes longer than most of them.
    """
    with postgres_server() as dsn, psycopg.connect(dsn, autocommit=True) as connection:
        name = f"workshop_step_19_{connection.info.backend_pid}"
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
        yield psycopg.conninfo.make_conninfo(dsn, dbname=name, options="-c lock_timeout=1s")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def open_store(event_sourced, database, clock):
    """Opens your store; each time another one, as if on another machine."""
    module = importlib.import_module("exercises.event_sourced.postgres_store")
    opened = []

    def open_store(codec=None):
        codec = event_sourced.kanban_codec() if codec is None else codec
        store = module.PostgresEventStore(database, codec, clock=clock)
        if not opened:
            store.connection.execute(EMPTY)
        opened.append(store)
        return store

    yield open_store
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store):
    return open_store()


@pytest.fixture
def scheduled(events):
    """Makes an event for each item."""

    def scheduled(*items):
        return [events.WorkItemScheduled(work_item_id=item, column_id="to-do") for item in items]

    return scheduled


class SlowCodec:
    """A codec that lets something else happen before it encodes."""

    def __init__(self, codec, in_between):
        self._codec = codec
        self._in_between = in_between

    def encode(self, event):
        self._in_between(event)
        return self._codec.encode(event)

    def __getattr__(self, name):
        return getattr(self._codec, name)


class Unnamed(Event):
    """An event for which the codec has no name."""


def items(stored_events):
    """Which items the events tell of, in this order."""
    return [stored.event.work_item_id for stored in stored_events]


def versions(stored_events):
    return [stored.version for stored in stored_events]


# The contract of step 9: append, and read again


def test_the_events_of_a_stream_are_read_as_they_were_appended(store, events, scheduled):
    happened = [
        events.BoardCreated(board_id="1", name="Größe", description=""),
        events.ColumnAdded(column_id="to-do", name="To do", wip_limit=None),
        *scheduled("repair", "report", "repair"),
    ]

    store.append("board-1", happened, expected_version=0)

    assert [stored.event for stored in store.read("board-1")] == happened


def test_a_stream_that_nobody_wrote_has_no_events(store):
    assert list(store.read("board-1")) == []


def test_another_machine_reads_it_too(store, open_store, scheduled):
    store.append("board-1", scheduled("repair"), expected_version=0)

    assert items(open_store().read("board-1")) == ["repair"]


def test_each_stream_counts_its_versions_from_1(store, scheduled):
    store.append("board-1", scheduled("repair", "report"), expected_version=0)
    store.append("board-2", scheduled("invoice"), expected_version=0)
    store.append("board-1", scheduled("parcel"), expected_version=2)

    assert (versions(store.read("board-1")), versions(store.read("board-2"))) == ([1, 2, 3], [1])


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("board-of-O'Hara", id="with an apostrophe"),
        pytest.param("board 100 %s", id="with a percent sign"),
        pytest.param("Größe-ß", id="in German"),
    ],
)
def test_a_stream_may_have_a_name(store, scheduled, name):
    store.append(name, scheduled("repair"), expected_version=0)

    assert items(store.read(name)) == ["repair"]


@pytest.mark.parametrize(
    ("version", "rest"),
    [
        pytest.param(0, ["repair", "report", "invoice"], id="0 is all"),
        pytest.param(1, ["report", "invoice"], id="1 is the second and the third"),
        pytest.param(3, [], id="3 of 3 is nothing"),
    ],
)
def test_what_comes_after_version(store, scheduled, version, rest):
    store.append("board-1", scheduled("repair", "report", "invoice"), expected_version=0)

    assert items(store.read("board-1", after=version)) == rest


def test_append_tells_the_version_and_the_position_that_were_reached(store, scheduled):
    store.append("board-2", scheduled("parcel"), expected_version=0)

    told = store.append("board-1", scheduled("repair", "report"), expected_version=0)

    *_, last = store.read("board-1")
    assert (told.version, told.position) == (2, last.position)


def test_what_travels_with_an_append_is_with_each_of_its_events(store, scheduled):
    by_ana = {"by": "Ana", "because": "the call of Mrs Okafor"}
    store.append("board-1", scheduled("repair", "report"), expected_version=0, metadata=by_ana)
    store.append("board-1", scheduled("invoice"), expected_version=2)

    assert [stored.metadata for stored in store.read("board-1")] == [by_ana, by_ana, {}]


def test_an_event_was_recorded_when_the_clock_says_and_that_is_told_in_utc(store, clock, scheduled):
    clock.now = datetime(2026, 6, 1, 1, 30, 0, 250, tzinfo=timezone(timedelta(hours=2)))
    store.append("board-1", scheduled("repair"), expected_version=0)

    told = [stored.recorded_at.isoformat() for stored in store.read("board-1")]
    assert told == ["2026-05-31T23:30:00.000250+00:00"]


# The contract of step 9: the version that the writer has seen


@pytest.mark.parametrize("seen", [0, 1, 3], ids=["none of two", "one of two", "three of two"])
def test_a_writer_is_refused_who_has_seen(store, scheduled, seen):
    store.append("board-1", scheduled("repair", "report"), expected_version=0)

    with pytest.raises(ConcurrencyError) as refusal:
        store.append("board-1", scheduled("invoice"), expected_version=seen)

    error = refusal.value
    assert (error.stream, error.expected, error.actual) == ("board-1", seen, 2)


def test_nothing_is_kept_of_what_was_refused(store, scheduled):
    store.append("board-1", scheduled("repair", "report"), expected_version=0)

    with pytest.raises(ConcurrencyError):
        store.append("board-1", scheduled("invoice", "parcel"), expected_version=1)

    assert items(store.read("board-1")) == ["repair", "report"]


def test_who_expects_no_version_appends_wherever_the_stream_is(store, scheduled):
    store.append("board-1", scheduled("repair", "report"), expected_version=None)
    told = store.append("board-1", scheduled("invoice"), expected_version=None)

    assert (told.version, versions(store.read("board-1"))) == (3, [1, 2, 3])


def test_no_events_leave_the_stream_as_it_is(store, scheduled):
    store.append("board-1", scheduled("repair"), expected_version=0)

    told = store.append("board-1", [], expected_version=1)

    assert (told.version, items(store.read("board-1"))) == (1, ["repair"])


def test_the_version_is_checked_without_events_too(store, scheduled):
    store.append("board-1", scheduled("repair"), expected_version=0)

    with pytest.raises(ConcurrencyError):
        store.append("board-1", [], expected_version=0)


def test_no_event_is_kept_if_the_last_cannot_be_encoded(store, scheduled):
    with pytest.raises(CodecError):
        store.append("board-1", [*scheduled("repair"), Unnamed()], expected_version=0)

    assert items(store.read("board-1")) == [], "half an append is no history of anything"


def test_appends_in_a_transaction_are_undone_together(store, scheduled):
    def both():
        with store.transaction():
            store.append("board-1", scheduled("repair"), expected_version=0)
            store.append("board-2", scheduled("report"), expected_version=0)
            raise KeyError("something else went wrong")

    with pytest.raises(KeyError):
        both()

    assert (items(store.read("board-1")), items(store.read("board-2"))) == ([], [])


# The contract of step 9: all streams together


@pytest.fixture
def morning(store, events, scheduled):
    """A store with the events of three boards."""
    store.append("board-3", scheduled("repair"), expected_version=0)
    store.append("board-1", scheduled("report", "invoice"), expected_version=0)
    advanced = events.WorkItemAdvanced(
        work_item_id="repair", from_column_id="to-do", to_column_id="doing"
    )
    abandoned = events.WorkItemAbandoned(work_item_id="report", column_id="to-do")
    store.append("board-3", [advanced], expected_version=1)
    store.append("board-1", [abandoned], expected_version=2)
    store.append("board-2", scheduled("parcel"), expected_version=0)
    return store


def test_all_events_come_in_the_order_of_their_positions(morning):
    told = [(stored.stream, stored.version) for stored in morning.read_all()]

    assert told == [
        ("board-3", 1),
        ("board-1", 1),
        ("board-1", 2),
        ("board-3", 2),
        ("board-1", 3),
        ("board-2", 1),
    ]


def test_a_follower_reads_on_after_the_position_that_it_has_reached(morning):
    positions = [stored.position for stored in morning.read_all()]

    assert items(morning.read_all(after=positions[3])) == ["report", "parcel"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param(["WorkItemAdvanced"], ["repair"], id="one type"),
        pytest.param(
            ["WorkItemAbandoned", "WorkItemScheduled"],
            ["repair", "report", "invoice", "report", "parcel"],
            id="two types, in the order of recording",
        ),
        pytest.param(["WorkItemRetired"], [], id="a type of which there is no event"),
    ],
)
def test_types_choose_events(morning, events, wanted, found):
    types = [getattr(events, name) for name in wanted]

    assert items(morning.read_all(types=types)) == found


def test_types_choose_among_the_events_after_a_position(morning, events):
    positions = [stored.position for stored in morning.read_all()]
    types = (events.WorkItemAbandoned, events.WorkItemScheduled)

    assert items(morning.read_all(after=positions[2], types=types)) == ["report", "parcel"]


def test_types_find_events_under_their_older_name_too(event_sourced, open_store, events, scheduled):
    june = event_sourced.EventCodec({"item-put-on-board": events.WorkItemScheduled})
    july = event_sourced.EventCodec(
        {
            "work-item-scheduled": events.WorkItemScheduled,
            "item-put-on-board": events.WorkItemScheduled,
        }
    )
    open_store(june).append("board-1", scheduled("repair"), expected_version=0)
    store = open_store(july)
    store.append("board-1", scheduled("report"), expected_version=1)

    assert items(store.read_all(types=[events.WorkItemScheduled])) == ["repair", "report"]


@pytest.mark.parametrize(
    ("limit", "number"),
    [
        pytest.param(2, 2, id="2 is two events"),
        pytest.param(0, 0, id="0 is none"),
        pytest.param(None, 6, id="None is all"),
    ],
)
def test_a_limit_says_how_many_events_are_read(morning, limit, number):
    assert len(list(morning.read_all(limit=limit))) == number


# Several machines at a time


def follow(store, reached=0):
    """What a follower reads from its checkpoint on, and its checkpoint then."""
    stored = list(store.read_all(after=reached))
    return items(stored), stored[-1].position if stored else reached


def append_impatiently(store, stream, events):
    """Append as soon as it goes, but do not wait for anybody; whether it went."""
    store.connection.execute("SET lock_timeout = '50ms'")
    try:
        store.append(stream, events, expected_version=0)
    except psycopg.errors.LockNotAvailable:
        return False
    finally:
        store.connection.execute("RESET lock_timeout")
    return True


@pytest.fixture
def begin():
    """Lets a second writer begin, in another thread, while the first one is not done."""
    with ThreadPoolExecutor(max_workers=1) as pool:

        def begin(first, second, deed):
            """Return when the second has done its deed, or has to wait for the first."""
            process = second.connection.info.backend_pid
            outcome = pool.submit(deed)
            for _ in range(200):  # a store that waits in some other way gets two seconds
                [(waits,)] = first.connection.execute(
                    "SELECT cardinality(pg_blocking_pids(%s)) > 0", [process]
                )
                if waits or wait_for([outcome], timeout=0.01).done:
                    break
            return outcome

        yield begin


def test_a_follower_misses_nothing_though_a_transaction_takes_longer(open_store, scheduled):
    slow, quick, follower = open_store(), open_store(), open_store()

    with slow.transaction():
        slow.append("board-1", scheduled("repair"), expected_version=0)
        went = append_impatiently(quick, "board-2", scheduled("report"))
        seen, reached = follow(follower)
    if not went:
        quick.append("board-2", scheduled("report"), expected_version=0)
    more, _ = follow(follower, reached)

    assert seen + more == ["repair", "report"], "a follower never looks behind its checkpoint"


def test_a_follower_misses_nothing_though_an_append_takes_longer(
    event_sourced, open_store, scheduled
):
    quick, follower = open_store(), open_store()
    seen, reached, went = [], 0, []

    def in_between(event):
        nonlocal seen, reached
        if event.work_item_id == "invoice" and not went:
            went.append(append_impatiently(quick, "board-2", scheduled("report")))
            seen, reached = follow(follower)

    slow = open_store(SlowCodec(event_sourced.kanban_codec(), in_between))
    slow.append("board-1", scheduled("repair", "invoice"), expected_version=0)
    if not went[0]:
        quick.append("board-2", scheduled("report"), expected_version=0)
    more, _ = follow(follower, reached)

    assert sorted(seen + more) == ["invoice", "repair", "report"], (
        "a follower never looks behind its checkpoint"
    )


def test_of_two_writers_who_saw_the_same_version_the_later_one_is_refused(
    open_store, begin, scheduled
):
    first, second = open_store(), open_store()

    def append():
        second.append("board-1", scheduled("report"), expected_version=0)

    with first.transaction():
        first.append("board-1", scheduled("repair"), expected_version=0)
        outcome = begin(first, second, append)

    with pytest.raises(ConcurrencyError) as refusal:
        outcome.result()
    assert (refusal.value.expected, refusal.value.actual) == (0, 1)


def test_of_two_writers_who_expect_no_version_the_later_one_waits(open_store, begin, scheduled):
    first, second = open_store(), open_store()

    def append():
        second.append("board-1", scheduled("report"), expected_version=None)

    with first.transaction():
        first.append("board-1", scheduled("repair"), expected_version=None)
        outcome = begin(first, second, append)
    outcome.result()

    assert items(first.read("board-1")) == ["repair", "report"]


def test_who_writes_behind_another_has_not_the_earlier_moment(open_store, begin, clock, scheduled):
    first, second = open_store(), open_store()

    def append():
        second.append("board-2", scheduled("report"), expected_version=0)

    with first.transaction():
        first.append("board-1", scheduled("repair"), expected_version=0)
        clock.now -= timedelta(hours=1)  # the second machine's clock is slow
        outcome = begin(first, second, append)
    outcome.result()

    moments = [stored.recorded_at for stored in first.read_all()]
    assert moments == sorted(moments), "a log goes in one direction"


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(lambda store: store.read("board-1"), id="a stream"),
        pytest.param(lambda store: store.read_all(), id="all streams"),
    ],
)
def test_nobody_waits_to_read(open_store, scheduled, read):
    writer, reader = open_store(), open_store()
    reader.connection.execute("SET lock_timeout = '50ms'")
    writer.append("board-1", scheduled("repair"), expected_version=0)

    with writer.transaction():
        writer.append("board-1", scheduled("report"), expected_version=1)
        seen = items(read(reader))

    assert seen == ["repair"], "what is not committed has not happened yet"


def test_after_an_append_others_can_write(store, open_store, scheduled):
    store.append("board-1", scheduled("repair"), expected_version=0)

    assert append_impatiently(open_store(), "board-2", scheduled("report")), "it had to wait"


def test_after_a_refusal_others_can_write(store, open_store, scheduled):
    store.append("board-1", scheduled("repair"), expected_version=0)
    with pytest.raises(ConcurrencyError):
        store.append("board-1", scheduled("report"), expected_version=0)

    assert append_impatiently(open_store(), "board-2", scheduled("report")), "it had to wait"
