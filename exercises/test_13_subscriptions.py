"""Step 13: readers follow at their own pace, each with its checkpoint."""

import contextlib
import random
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from workshop.eventsourcing import Projection, ProjectionError
from workshop.eventsourcing.testing import MisbehavingStore


class PowerCut(BaseException):
    """The plug is pulled: no error of the program, but its end."""


@pytest.fixture
def open_store(event_sourced, tmp_path):
    """Open the one file of the test, as a program does that starts."""
    moments = (datetime(2015, 9, 18, 9, tzinfo=UTC) + timedelta(minutes=n) for n in range(10_000))
    opened = []

    def open_it(kind=event_sourced.SqliteEventStore, clock=lambda: next(moments)):
        store = kind(tmp_path / "kanban.db", event_sourced.kanban_codec(), clock=clock)
        store.connection.execute("PRAGMA synchronous = OFF")  # no real power is cut here,
        store.connection.execute("PRAGMA busy_timeout = 0")  # and nobody is worth waiting for
        opened.append(store)
        return store

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def record(events):
    """Let items be scheduled, one after the other, by somebody who has the store open."""

    def record_them(store, *items):
        for item in items:
            scheduled = events.WorkItemScheduled(work_item_id=item, column_id="to-do")
            store.append("board-1", [scheduled], expected_version=None)

    return record_them


class Logbook(Projection):
    """Writes a line for each event that it receives, into the store's file: the item's id.

    An event that reaches it twice makes two lines. A test can have something happen besides:
    before the line is written, or after it.
    """

    def __init__(self, store, name="logbook", types=()):
        self.name, self.types = name, types
        self.before = self.after = lambda stored: None
        self._connection = store.connection
        self._connection.execute("CREATE TABLE IF NOT EXISTS logbook (reader TEXT, line TEXT)")

    def project(self, stored):
        self.before(stored)
        line = [self.name, stored.event.work_item_id]
        self._connection.execute("INSERT INTO logbook VALUES (?, ?)", line)
        self.after(stored)


def lines(store, name="logbook"):
    """What is in the logbook, for whoever opens the file."""
    rows = store.connection.execute(
        "SELECT line FROM logbook WHERE reader = ? ORDER BY rowid", [name]
    )
    return [line for (line,) in rows]


def fail_on(item):
    """Have the projection fail on an item."""

    def fail(stored):
        if stored.event.work_item_id == item:
            raise ValueError(f"the printer knows no {item}")

    return fail


def cut_the_power(store):
    """Pull the plug: SQLite forgets what is not committed, and nothing more can be written."""
    store.connection.rollback()
    store.connection.close()
    raise PowerCut


def power_cut_at(store, *items):
    """Have the plug pulled when one of these items comes."""

    def cut(stored):
        if stored.event.work_item_id in items:
            cut_the_power(store)

    return cut


def run_until_it_dies(subscription):
    """Run once; tell whether it came to its end."""
    try:
        subscription.run_once()
    except NotImplementedError:
        raise
    except (Exception, PowerCut):
        return False
    return True


class Feed(MisbehavingStore):
    """Your store as it looks from far away: all is in it, but the way to you misbehaves."""

    def __init__(self, store, *, seed=13, **faults):
        super().__init__(store, seed=seed, **faults)
        self.connection = store.connection
        self.told = 0

    def read_all(self, **asked):
        page = self.on_the_way(list(super().read_all(**asked)))
        self.told += len(page)
        return iter(page)

    def on_the_way(self, page):
        return page


# What is delivered


def test_what_was_recorded_has_its_effect_in_the_order_in_which_it_was_recorded(
    event_sourced, open_store, record
):
    store = open_store()
    record(store, "repair", "report", "refund")

    event_sourced.Subscription(store, Logbook(store)).run_once()

    assert lines(store) == ["repair", "report", "refund"]


def test_a_second_run_delivers_what_is_new(event_sourced, open_store, record):
    store = open_store()
    subscription = event_sourced.Subscription(store, Logbook(store))
    record(store, "repair", "report")
    subscription.run_once()

    record(store, "refund", "login")
    subscription.run_once()

    assert lines(store) == ["repair", "report", "refund", "login"]


def test_a_run_tells_how_many_events_it_delivered(event_sourced, open_store, record):
    store = open_store()
    subscription = event_sourced.Subscription(store, Logbook(store))
    record(store, "repair", "report", "refund")

    told = [subscription.run_once(), subscription.run_once()]
    record(store, "login")
    told.append(subscription.run_once())

    assert told == [3, 0, 1]


def test_what_happened_twice_has_its_effect_twice(event_sourced, open_store, record):
    store = open_store()
    record(store, "repair", "report", "repair", "repair")

    event_sourced.Subscription(store, Logbook(store)).run_once()

    assert lines(store) == ["repair", "report", "repair", "repair"], (
        "equal events at different positions happened each for itself"
    )


def test_all_that_was_recorded_at_the_same_moment_has_its_effect(event_sourced, open_store, record):
    store = open_store(clock=lambda: datetime(2015, 9, 18, 9, tzinfo=UTC))
    subscription = event_sourced.Subscription(store, Logbook(store))
    record(store, "repair", "report")
    subscription.run_once()

    record(store, "refund")
    subscription.run_once()

    assert lines(store) == ["repair", "report", "refund"]


def test_one_run_delivers_a_long_history(event_sourced, open_store, events):
    store = open_store()
    items = [f"item-{n}" for n in range(1, 251)]
    history = [events.WorkItemScheduled(work_item_id=item, column_id="to-do") for item in items]
    store.append("board-1", history, expected_version=0)

    delivered = event_sourced.Subscription(store, Logbook(store)).run_once()

    assert (delivered, lines(store)) == (250, items)


def test_a_projection_receives_only_the_types_that_it_names(
    event_sourced, open_store, record, events
):
    store = open_store()
    record(store, "repair")
    registered = events.WorkItemRegistered(
        work_item_id="report", name="Write the report", due_date=None, content=""
    )
    store.append("work-item-report", [registered], expected_version=0)
    record(store, "refund")

    logbook = Logbook(store, types=(events.WorkItemScheduled,))
    event_sourced.Subscription(store, logbook).run_once()

    assert lines(store) == ["repair", "refund"]


def test_a_run_does_not_read_the_whole_history_again(event_sourced, open_store, record):
    store = open_store()
    record(store, *[f"item-{n}" for n in range(1, 31)])
    event_sourced.Subscription(store, Logbook(store)).run_once()
    record(store, "repair")
    feed = Feed(store)

    event_sourced.Subscription(feed, Logbook(store)).run_once()

    assert feed.told < 30, f"one event was new, and the store was asked for {feed.told}"


def test_the_monitor_shows_as_many_items_as_the_board_has(event_sourced, open_store):
    store = open_store()
    board = event_sourced.create_board("Support", "What is broken.", board_id="board-1")
    for name in ("To do", "Doing", "Done"):
        board.add_column(name)
    items = [event_sourced.register_work_item(name) for name in ("Login", "Report", "Refund")]
    for item in items:
        board.schedule(item)
    board.advance(items[0])
    board.abandon(items[1])
    event_sourced.BoardRepository(store).save(board)
    monitor = event_sourced.ColumnCounts(store)

    event_sourced.Subscription(store, monitor).run_once()

    shown = {column.name: monitor.counts().get(column.id, 0) for column in board.columns}
    assert shown == {"To do": 1, "Doing": 1, "Done": 0}


# The checkpoint


def test_the_checkpoint_is_the_position_of_the_last_event_that_had_its_effect(
    event_sourced, events, open_store, record
):
    store = open_store()
    parcel = events.WorkItemScheduled(work_item_id="parcel", column_id="to-do")
    store.append("board-2", [parcel], expected_version=0)
    record(store, "repair", "report", "refund")

    event_sourced.Subscription(store, Logbook(store)).run_once()

    assert store.checkpoint("logbook") == store.last_position()


def test_a_reader_goes_on_after_a_restart_where_it_was(event_sourced, open_store, record):
    before = open_store()
    record(before, "repair", "report")
    event_sourced.Subscription(before, Logbook(before)).run_once()
    record(before, "refund")
    before.close()

    after = open_store()
    event_sourced.Subscription(after, Logbook(after)).run_once()

    assert lines(after) == ["repair", "report", "refund"]


def test_each_reader_follows_at_its_own_pace(event_sourced, open_store, record):
    store = open_store()
    early = event_sourced.Subscription(store, Logbook(store, name="early"))
    late = event_sourced.Subscription(store, Logbook(store, name="late"))
    record(store, "repair", "report")
    early.run_once()
    record(store, "refund")

    late.run_once()

    assert lines(store, "late") == ["repair", "report", "refund"], (
        "how far the early reader has come is nothing to the late one"
    )


# A store that tells an event again, or late, and others who use the file


def test_an_event_that_the_store_tells_twice_has_its_effect_once(event_sourced, open_store, record):
    store = open_store()
    record(store, "repair", "report", "refund")

    event_sourced.Subscription(Feed(store, duplicates=1.0), Logbook(store)).run_once()

    assert lines(store) == ["repair", "report", "refund"]


def test_an_event_that_the_store_tells_again_behind_later_ones_has_its_effect_once(
    event_sourced, open_store, record
):
    class BeginsAgain(Feed):
        def on_the_way(self, page):
            return page + page[:-1]

    store = open_store()
    record(store, "repair", "report", "refund")

    event_sourced.Subscription(BeginsAgain(store), Logbook(store)).run_once()

    assert lines(store) == ["repair", "report", "refund"]


def test_an_event_that_the_store_tells_again_after_a_restart_has_its_effect_once(
    event_sourced, open_store, record
):
    class BeginsOneTooEarly(Feed):
        def read_all(self, *, after=0, **asked):
            too_early = 0 if self.told else 1
            return super().read_all(after=max(0, after - too_early), **asked)

    before = open_store()
    record(before, "repair", "report")
    event_sourced.Subscription(before, Logbook(before)).run_once()
    before.close()

    after = open_store()
    event_sourced.Subscription(BeginsOneTooEarly(after), Logbook(after)).run_once()

    assert lines(after) == ["repair", "report"]


def test_an_event_that_the_store_tells_again_is_not_counted_again(
    event_sourced, open_store, record
):
    store = open_store()
    subscription = event_sourced.Subscription(Feed(store, duplicates=1.0), Logbook(store))
    record(store, "repair", "report", "refund")

    assert [subscription.run_once(), subscription.run_once()] == [3, 0]


def test_an_event_that_the_store_tells_late_is_not_missed(event_sourced, open_store, record):
    class HoldsTheLastBack(Feed):
        held_back = False

        def on_the_way(self, page):
            kept, self.held_back = (page, True) if self.held_back else (page[:-1], True)
            return kept

    store = open_store()
    subscription = event_sourced.Subscription(HoldsTheLastBack(store), Logbook(store))
    record(store, "repair", "report", "refund")
    subscription.run_once()

    subscription.run_once()

    assert lines(store) == ["repair", "report", "refund"]


def test_an_event_that_another_process_took_meanwhile_has_its_effect_once(
    event_sourced, open_store, record
):
    store, other = open_store(), open_store()
    taker = event_sourced.Subscription(other, Logbook(other))
    record(store, "repair", "report")

    class TakenOnTheWay(Feed):
        def on_the_way(self, page):
            with contextlib.suppress(sqlite3.OperationalError, ProjectionError):  # it is locked out
                taker.run_once()
            return page

    event_sourced.Subscription(TakenOnTheWay(store), Logbook(store)).run_once()

    assert lines(store) == ["repair", "report"], "two processes followed under the same name"


def test_an_event_that_another_process_took_right_before_the_transaction_has_its_effect_once(
    event_sourced, open_store, record
):
    other = open_store()
    taker = event_sourced.Subscription(other, Logbook(other))
    record(other, "repair", "report")

    class BusyStore(event_sourced.SqliteEventStore):
        def transaction(self):
            if not self.connection.in_transaction:
                taker.run_once()
            return super().transaction()

    store = open_store(BusyStore)
    event_sourced.Subscription(store, Logbook(store)).run_once()

    assert lines(store) == ["repair", "report"], "two processes followed under the same name"


def test_somebody_may_append_while_a_reader_follows(event_sourced, open_store, record):
    other = open_store()
    meanwhile, recorded = ["refund", "login"], ["repair", "report"]
    record(other, *recorded)

    class BusyStore(event_sourced.SqliteEventStore):
        def transaction(self):
            if meanwhile and not self.connection.in_transaction:
                recorded.append(meanwhile.pop(0))
                record(other, recorded[-1])
            return super().transaction()

    store = open_store(BusyStore)
    subscription = event_sourced.Subscription(store, Logbook(store))
    for _ in range(4):
        try:
            subscription.run_once()
        except sqlite3.OperationalError as error:
            pytest.fail(f"a transaction began in the middle of a read: {error}")

    assert lines(store) == recorded


# The power is cut


def test_when_the_power_is_cut_before_an_effect_it_is_not_missed(event_sourced, open_store, record):
    before = open_store()
    record(before, "repair", "report", "refund")
    logbook = Logbook(before)
    logbook.before = power_cut_at(before, "report")
    run_until_it_dies(event_sourced.Subscription(before, logbook))

    after = open_store()
    event_sourced.Subscription(after, Logbook(after)).run_once()

    assert lines(after) == ["repair", "report", "refund"]


def test_when_the_power_is_cut_between_an_effect_and_its_checkpoint_neither_was_done(
    event_sourced, open_store, record
):
    class CutBeforeTheCheckpoint(Feed):
        def save_checkpoint(self, name, position):
            if position > 1:
                cut_the_power(self)
            super().save_checkpoint(name, position)

    before = open_store()
    record(before, "repair", "report", "refund")
    run_until_it_dies(event_sourced.Subscription(CutBeforeTheCheckpoint(before), Logbook(before)))

    after = open_store()
    event_sourced.Subscription(after, Logbook(after)).run_once()

    assert lines(after) == ["repair", "report", "refund"]


@pytest.mark.parametrize("seed", [pytest.param(n, id=f"seed {n}") for n in (1, 2, 3)])
def test_a_reader_survives_duplicates_delays_and_power_cuts_together(
    event_sourced, open_store, record, seed
):
    dice = random.Random(seed)
    writer = open_store()
    items = [f"item-{n}" for n in range(1, 25)]
    restarts = iter(range(200))
    for recorded in range(0, 24, 3):
        record(writer, *items[recorded : recorded + 3])
        for restart in restarts:
            store = open_store()
            logbook = Logbook(store)
            logbook.after = power_cut_at(store, *dice.sample(items, 4))
            feed = Feed(store, seed=restart, duplicates=0.3, delays=0.3, lost_checkpoints=0.1)
            run_until_it_dies(event_sourced.Subscription(feed, logbook))
            store.close()
            if writer.checkpoint("logbook") == writer.last_position():
                break

    assert lines(writer) == items


# A projection that fails


@pytest.fixture
def after_a_failure(event_sourced, open_store, record):
    """Let the projection fail on the second of three events; give the store and what was raised."""

    def run(when="before"):
        store = open_store()
        record(store, "repair", "report", "refund")
        logbook = Logbook(store)
        setattr(logbook, when, fail_on("report"))
        try:
            event_sourced.Subscription(store, logbook).run_once()
        except NotImplementedError:
            raise
        except Exception as raised:
            return store, raised
        return store, None

    return run


def test_a_failure_tells_which_projection_failed_at_which_position(after_a_failure):
    _, failure = after_a_failure()

    assert isinstance(failure, ProjectionError), f"this was raised: {failure!r}"
    assert (failure.projection, failure.position) == ("logbook", 2)


def test_a_failure_keeps_the_reason(after_a_failure):
    _, failure = after_a_failure()

    reasons = [failure, getattr(failure, "__cause__", None), getattr(failure, "__context__", None)]
    assert any("the printer knows no report" in str(reason) for reason in reasons), (
        f"the projection raised a ValueError, and this is what came of it: {failure!r}"
    )


def test_what_came_before_a_failure_had_its_effect(after_a_failure):
    store, _ = after_a_failure()

    assert lines(store)[:1] == ["repair"]


def test_what_comes_behind_a_failure_waits(after_a_failure):
    store, _ = after_a_failure()

    assert "refund" not in lines(store)


def test_half_an_effect_is_none(after_a_failure):
    store, _ = after_a_failure(when="after")

    assert "report" not in lines(store), "the projection failed after it had written its line"


def test_when_the_projection_is_mended_the_next_run_begins_with_the_event_that_failed(
    event_sourced, after_a_failure
):
    store, _ = after_a_failure()

    event_sourced.Subscription(store, Logbook(store)).run_once()

    assert lines(store) == ["repair", "report", "refund"]


# All subscriptions


@pytest.fixture
def three(event_sourced, open_store, record):
    """Three readers of one store, of which those that are named fail on the report."""

    def subscriptions(*failing):
        store = open_store()
        record(store, "repair", "report", "refund")
        logbooks = [Logbook(store, name) for name in ("first", "second", "third")]
        for logbook in logbooks:
            if logbook.name in failing:
                logbook.before = fail_on("report")
        return store, [event_sourced.Subscription(store, logbook) for logbook in logbooks]

    return subscriptions


def test_all_subscriptions_are_run(event_sourced, three):
    store, subscriptions = three()

    event_sourced.run_all(iter(subscriptions))

    assert [len(lines(store, name)) for name in ("first", "second", "third")] == [3, 3, 3]


def test_the_subscriptions_behind_a_failing_one_are_run(event_sourced, three):
    store, subscriptions = three("first")

    event_sourced.run_all(subscriptions)

    assert [len(lines(store, name)) for name in ("second", "third")] == [3, 3]


def test_a_run_of_all_gives_the_failures(event_sourced, three):
    _, subscriptions = three("first", "third")

    failures = event_sourced.run_all(subscriptions)

    assert [failure.projection for failure in failures] == ["first", "third"]


def test_a_run_of_all_gives_no_failures_when_there_are_none(event_sourced, three):
    _, subscriptions = three()

    assert len(event_sourced.run_all(subscriptions)) == 0


def test_a_failure_of_the_store_is_none_of_a_projection(event_sourced, three):
    store, subscriptions = three()
    store.close()

    with pytest.raises(sqlite3.ProgrammingError):
        event_sourced.run_all(subscriptions)
