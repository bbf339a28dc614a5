"""Step 18: a process manager turns events into commands, each once."""

import importlib
import random
import sqlite3
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from workshop.eventsourcing import ProjectionError
from workshop.eventsourcing.testing import MisbehavingStore, SimulatedCrashError

FRIDAY = datetime(2015, 9, 18, 9, tzinfo=UTC)
DOING_IS_FULL = "Talk about Doing: it is full"


@pytest.fixture
def process_manager():
    """What you wrote: `exercises.event_sourced.process_manager`."""
    return importlib.import_module("exercises.event_sourced.process_manager")


class Desk:
    """A support desk: its boards and talks are in one store, and the test sets the clock.

    Boards have the columns To do, Doing and Done. Doing takes two items.
    """

    def __init__(self, event_sourced, process_manager, file=":memory:"):
        self._package, self._module = event_sourced, process_manager
        self.now = FRIDAY
        self.store = event_sourced.SqliteEventStore(
            file, event_sourced.kanban_codec(), clock=lambda: self.now
        )
        self.boards = event_sourced.BoardRepository(self.store)

    def new_board(self, board_id="support"):
        board = self._package.create_board("Desk", "What is broken.", board_id=board_id)
        for name, limit in (("To do", None), ("Doing", 2), ("Done", None)):
            board.add_column(name, wip_limit=limit, column_id=name)
        self.boards.save(board)

    def item(self, item_id):
        return self._package.register_work_item(item_id, work_item_id=item_id)

    def schedule(self, *items, board="support"):
        self._change(board, [lambda b, i=i: b.schedule(self.item(i)) for i in items])

    def advance(self, *items, board="support"):
        self._change(board, [lambda b, i=i: b.advance(self.item(i)) for i in items])

    def abandon(self, *items, board="support"):
        self._change(board, [lambda b, i=i: b.abandon(self.item(i)) for i in items])

    def begin(self, *items, board="support"):
        """Schedule each item, and advance it into Doing."""
        for item in items:
            self.schedule(item, board=board)
            self.advance(item, board=board)

    def limit(self, limit, column="Doing", board="support"):
        self._change(board, [lambda b: b.change_wip_limit(column, limit)])

    def change(self, command, board="support"):
        self._change(board, [command])

    def _change(self, board_id, commands):
        board = self.boards.get(board_id)
        for command in commands:
            command(board)
        self.boards.save(board)

    def manager(self, store=None, name=None):
        """Your process manager, as a program has it that starts now."""
        manager = self._module.FullColumnTalks(store or self.store)
        manager.name = name or manager.name
        return manager

    def follow(self, manager=None, store=None):
        """Let your subscription bring what is new; what the manager raises is raised here."""
        subscription = self._package.Subscription(store or self.store, manager or self.manager())
        try:
            subscription.run_once()
        except ProjectionError as error:
            raise error.__cause__ or error.__context__ or error from None  # what yours raised

    def delivered(self, manager):
        """All events that your manager wants to see, as a store delivers them."""
        return list(self.store.read_all(types=manager.types))

    @property
    def talks(self):
        """The talks that were asked for, as they are recorded."""
        registered = self._package.events.WorkItemRegistered
        return list(self.store.read_all(types=[registered]))

    @property
    def names(self):
        return [stored.event.name for stored in self.talks]

    @property
    def due(self):
        return [stored.event.due_date for stored in self.talks]

    @property
    def causes(self):
        """For each talk, the event of the board that it says it follows from."""
        events = {str(stored.position): stored.event for stored in self.store.read_all()}
        return [events.get(stored.metadata.get("causation_id")) for stored in self.talks]


@pytest.fixture
def desk(event_sourced, process_manager):
    """A support desk with one board, on Friday at nine."""
    desk = Desk(event_sourced, process_manager)
    desk.new_board()
    yield desk
    desk.store.close()


class Feed(MisbehavingStore):
    """Your store as it looks from far away: all is in it, but the way to it misbehaves."""

    def __init__(self, store, *, seed=18, **faults):
        super().__init__(store, seed=seed, **faults)
        self.connection = store.connection

    def read(self, stream, *, after=0):
        return self._store.read(stream, after=after)


def survive(action):
    """Do what is made to fail, and go on."""
    try:
        action()
    except NotImplementedError:
        raise
    except Exception:
        return


# Which columns an event filled


@pytest.fixture
def board_with(event_sourced):
    """Make the board of one moment: a limit for Doing, and how many items are in it."""

    def make(limit, items, *, to_do_limit=None, to_do_items=0):
        board = event_sourced.create_board("Desk", "What is broken.", board_id="support")
        board.add_column("To do", column_id="To do")
        board.add_column("Doing", column_id="Doing")
        board.add_column("Done", column_id="Done", wip_limit=5)
        for number in range(items):
            item = event_sourced.register_work_item("An item", work_item_id=f"item-{number}")
            board.schedule(item)
            board.advance(item)
        for number in range(to_do_items):
            board.schedule(
                event_sourced.register_work_item("An item", work_item_id=f"more-{number}")
            )
        board.change_wip_limit("Doing", limit)
        board.change_wip_limit("To do", to_do_limit)
        return board

    return make


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param((2, 1), (2, 2), id="the last place was taken"),
        pytest.param((3, 2), (2, 2), id="the limit came down onto the number"),
        pytest.param((4, 3), (1, 3), id="the limit came down below the number"),
        pytest.param((None, 2), (2, 2), id="its first limit was the number"),
        pytest.param((3, 0), (0, 0), id="it was empty, and its limit came down to 0"),
    ],
)
def test_a_column_was_filled_when(process_manager, board_with, before, after):
    filled = process_manager.just_filled(board_with(*before), board_with(*after))

    assert [column.name for column in filled] == ["Doing"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param((3, 1), (3, 2), id="one place is left"),
        pytest.param((2, 2), (2, 2), id="it was full, and is"),
        pytest.param((2, 2), (2, 1), id="it was full, and has room"),
        pytest.param((2, 4), (2, 3), id="it had too many, and one less"),
        pytest.param((2, 3), (2, 2), id="it had one too many, and is full"),
        pytest.param((3, 3), (2, 3), id="it was full, and the limit came down"),
        pytest.param((2, 2), (3, 2), id="it was full, and the limit went up"),
        pytest.param((3, 2), (None, 2), id="its limit was taken away"),
        pytest.param((None, 2), (None, 3), id="it has no limit"),
        pytest.param((0, 0), (0, 0), id="it takes nothing, and took nothing before"),
    ],
)
def test_no_column_was_filled_when(process_manager, board_with, before, after):
    filled = process_manager.just_filled(board_with(*before), board_with(*after))

    assert [column.name for column in filled] == []


def test_each_column_that_was_filled_is_found(process_manager, board_with):
    before = board_with(2, 1, to_do_limit=3, to_do_items=2)
    after = board_with(2, 2, to_do_limit=3, to_do_items=3)

    filled = process_manager.just_filled(before, after)

    assert sorted(column.name for column in filled) == ["Doing", "To do"]


# The talk


def test_a_talk_is_registered_when_a_column_fills_up(desk):
    desk.begin("report", "repair")

    desk.follow()

    assert desk.names == [DOING_IS_FULL]


def test_no_talk_is_registered_while_there_is_room(desk):
    desk.begin("report")
    desk.schedule("repair", "refund", "login")

    desk.follow()

    assert desk.names == []


def test_a_talk_is_a_work_item_with_a_stream_of_its_own(desk, event_sourced):
    desk.begin("report", "repair")

    desk.follow()

    [stored] = desk.talks
    talk = event_sourced.WorkItem.replay([stored.event])
    assert (stored.stream, stored.version) == (f"work-item-{talk.id}", 1)


@pytest.mark.parametrize(
    ("recorded_at", "due"),
    [
        pytest.param(FRIDAY, date(2015, 9, 19), id="in the morning"),
        pytest.param(
            datetime(2015, 9, 18, 23, 59, 59, tzinfo=UTC), date(2015, 9, 19), id="before midnight"
        ),
        pytest.param(datetime(2015, 9, 19, tzinfo=UTC), date(2015, 9, 20), id="at midnight"),
        pytest.param(
            datetime(2016, 2, 29, 9, tzinfo=UTC), date(2016, 3, 1), id="at the end of a month"
        ),
        pytest.param(
            datetime(2015, 9, 19, 0, 30, tzinfo=timezone(timedelta(hours=2))),
            date(2015, 9, 19),
            id="after midnight in Cairo, before midnight in UTC",
        ),
    ],
)
def test_a_talk_is_due_on_the_day_after_the_event(desk, recorded_at, due):
    desk.now = recorded_at
    desk.begin("report", "repair")

    desk.follow()

    assert desk.due == [due]


def test_a_talk_says_which_event_it_follows_from(desk, events):
    desk.begin("report", "repair")

    desk.follow()

    assert desk.causes == [
        events.WorkItemAdvanced(work_item_id="repair", from_column_id="To do", to_column_id="Doing")
    ], "the `causation_id` in the metadata is the position of the event that filled the column"


def test_a_talk_says_where_in_the_whole_store_its_event_is(desk, events):
    desk.new_board("sales")
    desk.begin("report")
    desk.begin("offer", "contract", board="sales")

    desk.follow()

    assert desk.causes == [
        events.WorkItemAdvanced(
            work_item_id="contract", from_column_id="To do", to_column_id="Doing"
        )
    ], "the `causation_id` in the metadata is the position of the event that filled the column"


def test_talks_about_two_columns_after_one_event_are_two_items(desk, process_manager):
    desk.begin("report")
    stored = desk.delivered(desk.manager())[-1]

    talks = {
        process_manager.talk_about(column, stored).id
        for column in desk.boards.get("support").columns
    }

    assert len(talks) == 3


def test_a_talk_about_the_same_column_and_event_is_the_same_item(desk, process_manager):
    desk.begin("report")
    stored = desk.delivered(desk.manager())[-1]
    doing = desk.boards.get("support").column("Doing")

    talks = {process_manager.talk_about(doing, stored).id for _ in range(2)}

    assert len(talks) == 1


# What fills a column, and what fills it again


def test_scheduling_fills_the_first_column(desk):
    desk.limit(2, column="To do")
    desk.schedule("report", "repair")

    desk.follow()

    assert desk.names == ["Talk about To do: it is full"]


def test_a_limit_that_comes_down_fills_a_column(desk):
    desk.limit(4)
    desk.begin("report", "repair", "refund")
    desk.limit(3)

    desk.follow()

    assert desk.names == [DOING_IS_FULL]


def test_a_limit_that_goes_up_fills_no_column(desk):
    desk.begin("report", "repair")
    desk.follow()

    desk.limit(4)
    desk.begin("refund")
    desk.follow()

    assert desk.names == [DOING_IS_FULL], "this was the talk about the two items"


def test_a_column_that_stays_full_gets_no_second_talk(desk):
    desk.begin("report", "repair")
    desk.schedule("refund", "login")
    desk.limit(1)

    desk.follow()

    assert desk.names == [DOING_IS_FULL]


def test_a_column_that_is_filled_again_gets_another_talk(desk):
    desk.begin("report", "repair")
    desk.abandon("repair")
    desk.begin("repair")

    desk.follow()

    assert desk.names == [DOING_IS_FULL, DOING_IS_FULL], (
        "it was full, had room, and was filled again by the same item"
    )


def test_two_boards_that_tell_the_same_story_get_a_talk_each(desk):
    desk.new_board("sales")
    desk.begin("report", "repair")
    desk.begin("report", "repair", board="sales")

    desk.follow()

    assert desk.names == [DOING_IS_FULL, DOING_IS_FULL], (
        "the boards have the same columns, the same items and the same versions"
    )


@pytest.mark.parametrize("board_id", ["board-1", "support-desk-london", "orders"])
def test_a_board_may_have_any_id(desk, board_id):
    desk.new_board(board_id)
    desk.begin("report", "repair", board=board_id)

    desk.follow()

    assert desk.names == [DOING_IS_FULL]


# A reader that runs late


@pytest.mark.parametrize(
    "since",
    [
        pytest.param(lambda desk: desk.abandon("report"), id="has room again"),
        pytest.param(lambda desk: desk.limit(None), id="has no limit any more"),
        pytest.param(
            lambda desk: desk.change(lambda b: b.rename_column("Doing", "In work")),
            id="has another name",
        ),
        pytest.param(
            lambda desk: (
                desk.abandon("report", "repair"),
                desk.change(lambda b: b.remove_column("Doing")),
            ),
            id="was removed",
        ),
        pytest.param(
            lambda desk: desk.change(lambda b: b.discard()), id="is on a board that was discarded"
        ),
    ],
)
def test_a_late_reader_asks_for_the_talk_though_the_column_by_now(desk, since):
    desk.begin("report", "repair")
    since(desk)

    desk.follow()

    assert desk.names == [DOING_IS_FULL]


def test_a_talk_keeps_the_name_that_the_column_had(desk):
    desk.begin("report", "repair")
    desk.follow()

    desk.change(lambda b: b.rename_column("Doing", "In work"))
    desk.schedule("refund")
    desk.follow()

    assert desk.names == [DOING_IS_FULL]


def test_talks_about_events_three_days_apart_are_due_three_days_apart(desk):
    desk.begin("report", "repair")
    desk.now += timedelta(days=3)
    desk.abandon("repair")
    desk.begin("refund")
    desk.now += timedelta(days=3)

    desk.follow()

    first, second = desk.due
    assert second - first == timedelta(days=3)


def test_a_late_reader_knows_which_event_filled_the_column(desk, events):
    desk.begin("report", "repair")
    desk.schedule("refund")
    desk.limit(1)

    desk.follow()

    assert desk.causes == [
        events.WorkItemAdvanced(work_item_id="repair", from_column_id="To do", to_column_id="Doing")
    ]


# An event that comes again


def test_an_event_that_is_delivered_twice_asks_once(desk):
    desk.begin("report", "repair")
    manager = desk.manager()

    for stored in desk.delivered(manager):
        manager.project(stored)
        manager.project(stored)

    assert desk.names == [DOING_IS_FULL]


def test_a_program_that_starts_again_from_the_first_event_asks_for_nothing_again(desk):
    desk.begin("report", "repair")
    desk.follow()
    desk.abandon("repair")
    desk.begin("refund")
    desk.follow()

    desk.follow(desk.manager(name="the same under another name"))

    assert desk.names == [DOING_IS_FULL, DOING_IS_FULL]


def test_events_in_the_wrong_order_ask_for_the_same_talks(desk):
    desk.begin("report", "repair")
    desk.abandon("repair")
    desk.begin("refund")
    manager = desk.manager()

    for stored in reversed(desk.delivered(manager)):
        manager.project(stored)

    assert desk.names == [DOING_IS_FULL, DOING_IS_FULL]


@pytest.mark.parametrize("change", ["rename", "discard"])
def test_a_talk_that_changed_since_is_not_asked_for_again(desk, event_sourced, change):
    desk.begin("report", "repair")
    desk.follow()
    [stored] = desk.talks
    talk = event_sourced.WorkItem.replay([stored.event])
    talk.rename("We talked about it") if change == "rename" else talk.discard()
    desk.store.append(stored.stream, talk.pending, expected_version=1)

    desk.follow(desk.manager(name="the same under another name"))

    assert [stored.version for stored in desk.store.read(stored.stream)] == [1, 2]


def test_a_restart_while_the_column_is_full_asks_for_nothing(
    event_sourced, process_manager, tmp_path
):
    before = Desk(event_sourced, process_manager, tmp_path / "kanban.db")
    before.new_board()
    before.begin("report", "repair")
    before.follow()
    before.store.close()

    after = Desk(event_sourced, process_manager, tmp_path / "kanban.db")
    after.schedule("refund")
    after.follow()
    names = after.names
    after.store.close()

    assert names == [DOING_IS_FULL]


# What goes wrong on the way


def test_a_talk_whose_event_got_no_checkpoint_was_not_asked_for(desk):
    class DiesBehindATalk(Feed):
        def save_checkpoint(self, name, position):
            if desk.talks:
                raise SimulatedCrashError("the plug is pulled")
            super().save_checkpoint(name, position)

    desk.begin("report", "repair")
    feed = DiesBehindATalk(desk.store)
    survive(lambda: desk.follow(desk.manager(feed), feed))
    kept = desk.names
    desk.follow()

    assert (kept, desk.names) == ([], [DOING_IS_FULL]), "both are one commit, and here was none"


def test_a_talk_that_was_written_unnoticed_is_not_written_again(desk):
    desk.begin("report", "repair")
    unnoticed = desk.manager(Feed(desk.store, lost_acknowledgements=1.0))
    manager = desk.manager()

    for stored in desk.delivered(manager):
        survive(lambda stored=stored: unnoticed.project(stored))
        manager.project(stored)

    assert desk.names == [DOING_IS_FULL]


def test_an_event_whose_talk_could_not_be_written_is_not_taken_for_done(desk):
    class DiskIsFull(Feed):
        def append(self, *args, **kwargs):
            raise sqlite3.OperationalError("database or disk is full")

    desk.begin("report", "repair")
    full = DiskIsFull(desk.store)
    survive(lambda: desk.follow(desk.manager(full), full))

    desk.follow()

    assert desk.names == [DOING_IS_FULL], "the first run could not write it, and the second could"


def test_an_event_whose_board_could_not_be_read_is_not_taken_for_done(desk):
    class CannotBeRead(Feed):
        def read(self, *args, **kwargs):
            raise sqlite3.OperationalError("disk I/O error")

    desk.begin("report", "repair")
    worn_out = CannotBeRead(desk.store)
    survive(lambda: desk.follow(desk.manager(worn_out), worn_out))

    desk.follow()

    assert desk.names == [DOING_IS_FULL], "the first run could not read, and the second could"


@pytest.mark.parametrize("seed", [pytest.param(n, id=f"seed {n}") for n in (1, 2, 3)])
def test_each_talk_is_asked_for_once_on_a_bad_day(desk, seed):
    dice = random.Random(seed)

    def run():
        faults = dict.fromkeys(("delays", "lost_acknowledgements", "lost_checkpoints"), 0.3)
        feed = Feed(desk.store, seed=dice.randrange(1000), duplicates=0.3, **faults)
        desk.follow(desk.manager(feed), feed)

    for number in range(4):
        desk.begin("report", f"item-{number}")
        survive(run)
        desk.abandon("report", f"item-{number}")
        survive(run)
    for _ in range(50):
        survive(run)

    assert desk.names == [DOING_IS_FULL] * 4
