"""Step 9: append-only, per-stream versions, one atomic check-and-append."""

import importlib
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from itertools import count

import pytest

from workshop.eventsourcing import CodecError, ConcurrencyError, Event


class Clock:
    """Stands still, or goes on a step whenever it is asked; a test may set it, back too."""

    def __init__(self):
        self.now = datetime(2026, 6, 1, 9, 0, 0, 250, tzinfo=UTC)
        self.step = timedelta(0)

    def __call__(self):
        now = self.now
        self.now += self.step
        return now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="module")
def empty_file(tmp_path_factory):
    """A file with its tables, made once: to copy it is faster than to make it anew."""
    event_sourced = importlib.import_module("exercises.event_sourced")
    path = tmp_path_factory.mktemp("store") / "empty.db"
    event_sourced.SqliteEventStore(path, event_sourced.kanban_codec()).close()
    return path


@pytest.fixture
def open_store(event_sourced, empty_file, clock, tmp_path):
    """Opens your store; each time another one, on the same file.

    The tests need no file that survives a power cut, and nobody who waits for somebody else.
    And if nobody asks for an order, SQLite may choose one: here it chooses the unexpected.
    """
    path = tmp_path / "kanban.db"
    shutil.copyfile(empty_file, path)
    opened = []

    def open_store(codec=None):
        codec = event_sourced.kanban_codec() if codec is None else codec
        store = event_sourced.SqliteEventStore(path, codec, clock=clock)
        store.connection.execute("PRAGMA synchronous = OFF")
        store.connection.execute("PRAGMA busy_timeout = 0")
        store.connection.execute("PRAGMA reverse_unordered_selects = ON")
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


class Unnamed(Event):
    """An event for which the codec has no name."""


def items(stored_events):
    """Which items the events tell of, in this order."""
    return [stored.event.work_item_id for stored in stored_events]


def versions(stored_events):
    return [stored.version for stored in stored_events]


# Append, and read again


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


def test_what_is_appended_later_comes_behind(store, scheduled):
    store.append("board-1", scheduled("repair", "report"), expected_version=0)
    store.append("board-1", scheduled("invoice"), expected_version=2)

    assert items(store.read("board-1")) == ["repair", "report", "invoice"]


def test_another_store_on_the_same_file_reads_it_too(store, open_store, scheduled):
    store.append("board-1", scheduled("repair"), expected_version=0)

    assert items(open_store().read("board-1")) == ["repair"]


def test_the_versions_of_a_stream_are_1_2_3(store, scheduled):
    store.append("board-1", scheduled("repair", "report"), expected_version=0)
    store.append("board-1", scheduled("invoice"), expected_version=2)

    assert versions(store.read("board-1")) == [1, 2, 3]


def test_each_stream_counts_for_itself(store, scheduled):
    store.append("board-1", scheduled("repair", "report"), expected_version=0)
    store.append("board-2", scheduled("invoice"), expected_version=0)
    store.append("board-1", scheduled("parcel"), expected_version=2)

    assert (versions(store.read("board-1")), versions(store.read("board-2"))) == ([1, 2, 3], [1])


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("board-12", id="that goes on"),
        pytest.param("board-", id="that stops earlier"),
        pytest.param("BOARD-1", id="in capitals"),
        pytest.param("board_1", id="with another character"),
    ],
)
def test_another_stream_is_one_with_a_name(store, scheduled, name):
    store.append("board-1", scheduled("repair"), expected_version=0)
    store.append(name, scheduled("report"), expected_version=0)

    found = [items(store.read(stream)) for stream in ("board-1", name)]
    assert found == [["repair"], ["report"]]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("board-of-O'Hara", id="with an apostrophe"),
        pytest.param('board-"1"', id="with quotation marks"),
        pytest.param("board 100 %", id="with a percent sign"),
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
    store.append("board-1", scheduled("repair", "report"), expected_version=0)
    store.append("board-2", scheduled("parcel"), expected_version=0)
    store.append("board-1", scheduled("invoice"), expected_version=2)

    assert items(store.read("board-1", after=version)) == rest


def test_append_tells_the_version_and_the_position_that_were_reached(store, scheduled):
    store.append("board-2", scheduled("parcel"), expected_version=0)

    told = store.append("board-1", scheduled("repair", "report"), expected_version=0)

    *_, last = store.read("board-1")
    assert (told.version, told.position) == (2, last.position)


def test_what_travels_with_an_append_is_with_each_of_its_events(store, scheduled):
    by_amira = {"by": "Amira", "because": "the call of Mrs Okafor"}
    store.append("board-1", scheduled("repair", "report"), expected_version=0, metadata=by_amira)
    store.append("board-1", scheduled("invoice"), expected_version=2)

    assert [stored.metadata for stored in store.read("board-1")] == [by_amira, by_amira, {}]


def test_a_large_store_does_not_slow_down_who_reads_one_stream(store, scheduled):
    def steps_of_reading():
        steps = count()
        store.connection.set_progress_handler(lambda: next(steps) and None, 1)
        list(store.read("board-1"))
        store.connection.set_progress_handler(None, 1)
        return next(steps)

    store.append("board-1", scheduled("repair", "report"), expected_version=0)
    before = steps_of_reading()
    store.append("board-2", scheduled(*map(str, range(200))), expected_version=0)
    after = steps_of_reading()

    assert after < 2 * before, "to read a board's stream, SQLite looks at other streams as well"


# The version that the writer has seen


@pytest.mark.parametrize("seen", [0, 1], ids=["none of two events", "one of two events"])
def test_a_writer_is_refused_who_has_seen(store, scheduled, seen):
    store.append("board-1", scheduled("repair", "report"), expected_version=0)

    with pytest.raises(ConcurrencyError):
        store.append("board-1", scheduled("invoice"), expected_version=seen)


@pytest.mark.parametrize("seen", [3, 4], ids=["three of two events", "four of two events"])
def test_a_writer_is_refused_who_says_to_have_seen(store, scheduled, seen):
    store.append("board-1", scheduled("repair", "report"), expected_version=0)

    with pytest.raises(ConcurrencyError):
        store.append("board-1", scheduled("invoice"), expected_version=seen)


def test_a_new_stream_is_at_version_0(store, scheduled):
    with pytest.raises(ConcurrencyError):
        store.append("board-1", scheduled("repair"), expected_version=1)


def test_the_refusal_says_which_version_was_expected_and_which_there_is(store, scheduled):
    store.append("board-2", scheduled("parcel"), expected_version=0)
    store.append("board-1", scheduled("repair", "report"), expected_version=0)

    with pytest.raises(ConcurrencyError) as refusal:
        store.append("board-1", scheduled("invoice"), expected_version=1)

    error = refusal.value
    assert (error.stream, error.expected, error.actual) == ("board-1", 1, 2)


def test_nothing_is_kept_of_what_was_refused(store, scheduled):
    store.append("board-1", scheduled("repair", "report"), expected_version=0)

    with pytest.raises(ConcurrencyError):
        store.append("board-1", scheduled("invoice", "parcel"), expected_version=1)

    assert items(store.read("board-1")) == ["repair", "report"]


def test_after_a_refusal_others_can_write(store, open_store, scheduled):
    store.append("board-1", scheduled("repair"), expected_version=0)
    with pytest.raises(ConcurrencyError):
        store.append("board-1", scheduled("report"), expected_version=0)

    open_store().append("board-1", scheduled("invoice"), expected_version=1)

    assert items(store.read("board-1")) == ["repair", "invoice"]


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


# All or none


def test_no_event_is_kept_if_the_last_cannot_be_encoded(store, scheduled):
    with pytest.raises(CodecError):
        store.append("board-1", [*scheduled("repair"), Unnamed()], expected_version=0)

    assert items(store.read("board-1")) == [], "half an append is no history of anything"


def test_no_event_is_kept_if_the_disk_is_full_before_the_last(store, events, scheduled):
    [(pages,)] = store.connection.execute("PRAGMA page_count")
    store.connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    large = events.BoardDescribed(description="very " * 20_000 + "long")

    with pytest.raises(sqlite3.OperationalError):
        store.append("board-1", [*scheduled("repair"), large], expected_version=0)

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


def test_others_see_nothing_of_a_transaction_before_it_has_ended(store, open_store, scheduled):
    other = open_store()
    with store.transaction():
        store.append("board-1", scheduled("repair"), expected_version=0)
        seen = items(other.read("board-1"))

    assert (seen, items(other.read("board-1"))) == ([], ["repair"])


# Two writers at a time


def before_statement(number, deed):
    """Give SQLite what it is to call at each statement; before one of them, the deed is done."""
    numbers = count(1)

    def called(statement):
        if next(numbers) == number:
            deed()

    return called


@pytest.fixture
def attempts(open_store, scheduled):
    """Lets two writers append to a board that has one event; yields how it ended.

    The other one comes while you append: before your first statement, in the next attempt before
    the second, and so on. So no gap between two statements is left out. Whoever would have to wait
    is told so at once.
    """
    yours, others = open_store(), open_store()

    def attempt(gap, expected_version):
        stream = f"board-{gap}"
        outcome = {}

        def other_appends():
            try:
                others.append(stream, scheduled("report"), expected_version=expected_version)
                outcome["other"] = "written"
            except ConcurrencyError:
                outcome["other"] = "refused"
            except Exception as error:
                outcome["other"] = str(error)

        yours.append(stream, scheduled("refund"), expected_version=0)
        yours.connection.set_trace_callback(before_statement(gap, other_appends))
        try:
            yours.append(stream, scheduled("repair"), expected_version=expected_version)
            outcome["you"] = "written"
        except ConcurrencyError:
            outcome["you"] = "refused"
        finally:
            yours.connection.set_trace_callback(None)
        return outcome, list(yours.read(stream))

    def attempts(expected_version):
        for gap in count(1):
            outcome, stored = attempt(gap, expected_version)
            if "other" not in outcome:
                break  # your append has fewer statements than that
            yield outcome, stored

    return attempts


def test_of_two_writers_who_saw_the_same_version_only_one_can_append(attempts):
    for outcome, stored in attempts(expected_version=1):
        written = list(outcome.values()).count("written")
        assert (written, versions(stored)) == (1, [1, 2]), f"what became of them: {outcome}"


def test_of_two_writers_who_expect_no_version_nobody_is_refused(attempts):
    for outcome, stored in attempts(expected_version=None):
        assert outcome["you"] == "written"
        assert outcome["other"] in ("written", "database is locked")
        written = list(outcome.values()).count("written")
        assert versions(stored) == list(range(1, written + 2))


def test_who_writes_behind_another_has_not_the_earlier_moment(attempts, clock):
    clock.step = timedelta(minutes=1)

    for _, stored in attempts(expected_version=None):
        moments = [each.recorded_at for each in stored]
        assert moments == sorted(moments)


# The moment


def test_an_event_was_recorded_when_the_clock_says(store, clock, scheduled):
    now = clock.now
    store.append("board-1", scheduled("repair"), expected_version=0)

    assert [stored.recorded_at for stored in store.read("board-1")] == [now]


def test_the_moment_is_told_in_utc_whatever_the_zone_of_the_clock(store, clock, scheduled):
    clock.now = datetime(2026, 6, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    store.append("board-1", scheduled("repair"), expected_version=0)

    told = [stored.recorded_at.isoformat() for stored in store.read("board-1")]
    assert told == ["2026-05-31T23:30:00+00:00"]


def test_what_is_appended_together_was_recorded_at_one_moment(store, clock, scheduled):
    clock.step = timedelta(minutes=1)
    store.append("board-1", scheduled("repair", "report", "invoice"), expected_version=0)

    assert len({stored.recorded_at for stored in store.read("board-1")}) == 1


def test_if_the_clock_is_put_back_the_moment_stays(store, clock, scheduled):
    now = clock.now
    store.append("board-1", scheduled("repair"), expected_version=0)
    clock.now -= timedelta(hours=1)
    store.append("board-2", scheduled("report"), expected_version=0)

    streams = ["board-1", "board-2"]
    assert [each.recorded_at for stream in streams for each in store.read(stream)] == [now, now]


# All streams together


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


def test_all_events_come_in_the_order_in_which_they_were_recorded(morning):
    told = [(stored.stream, stored.version) for stored in morning.read_all()]

    assert told == [
        ("board-3", 1),
        ("board-1", 1),
        ("board-1", 2),
        ("board-3", 2),
        ("board-1", 3),
        ("board-2", 1),
    ]


def test_positions_rise(morning):
    positions = [stored.position for stored in morning.read_all()]

    assert positions == sorted(set(positions))


def test_an_empty_store_has_no_events(store):
    assert list(store.read_all()) == []


def test_a_follower_reads_on_after_the_position_that_it_has_reached(morning):
    positions = [stored.position for stored in morning.read_all()]

    rest = morning.read_all(after=positions[3])

    assert items(rest) == ["report", "parcel"]


def test_a_follower_that_has_read_everything_gets_nothing(morning):
    assert list(morning.read_all(after=morning.last_position())) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param(["WorkItemAdvanced"], ["repair"], id="one type"),
        pytest.param(
            ["WorkItemAbandoned", "WorkItemScheduled"],
            ["repair", "report", "invoice", "report", "parcel"],
            id="two types, in the order of recording",
        ),
        pytest.param(
            ["WorkItemAdvanced", "WorkItemAdvanced"], ["repair"], id="the same type twice"
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
        pytest.param(100, 6, id="100 is all that there are"),
    ],
)
def test_a_limit_says_how_many_events_are_read(morning, limit, number):
    assert len(list(morning.read_all(limit=limit))) == number


def test_a_limit_counts_the_events_that_are_chosen(morning, events):
    chosen = morning.read_all(types=[events.WorkItemAdvanced, events.WorkItemAbandoned], limit=2)

    assert items(chosen) == ["repair", "report"]


# Readers and writers


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(lambda store: store.read("board-1"), id="a stream"),
        pytest.param(lambda store: store.read_all(), id="all streams"),
    ],
)
def test_who_has_read_half_of_it_can_append_though_others_have(store, open_store, scheduled, read):
    store.append("board-1", scheduled("repair", "report", "invoice"), expected_version=0)
    reading = iter(read(store))
    next(reading)
    open_store().append("board-2", scheduled("parcel"), expected_version=0)

    told = store.append("board-3", scheduled("refund"), expected_version=0)

    assert told.version == 1
