"""Step 16: a snapshot is a cache of a fold, and can be thrown away."""

import dbm.dumb
import importlib
import json
from collections.abc import MutableMapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from workshop.eventsourcing import ConcurrencyError

NINE = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def snapshots():
    """The states and snapshots that you wrote."""
    return importlib.import_module("exercises.event_sourced.snapshots")


def item(event_sourced, work_item_id):
    """An item of this id; the board knows it by nothing else."""
    return event_sourced.register_work_item("Fix the login", work_item_id=work_item_id)


def lines_of(board):
    """All that a board tells about itself, a line for the board and one for each column."""
    lines = [f"{board.id}, version {board.version}: {board.name}. {board.description}"]
    for column in board.columns:
        told = [f"{column.id}: {column.name}", f"limit {column.wip_limit}", *column.work_item_ids]
        lines.append(", ".join(told))
    return lines


# States of boards


def a_day(event_sourced):
    """Work with a board, and yield it after each of its events."""
    repair = item(event_sourced, "repair")
    report = item(event_sourced, "report")
    refund = item(event_sourced, "refund")
    board = event_sourced.create_board("Support", "What is broken.", board_id="support")
    yield board
    for command in [
        lambda: board.add_column("To do", column_id="to-do"),
        lambda: board.add_column("Later", column_id="later", wip_limit=0),
        lambda: board.schedule(report),
        lambda: board.schedule(repair),
        lambda: board.schedule(refund),
        lambda: board.insert_column_before("later", "Doing", column_id="doing", wip_limit=2),
        lambda: board.advance(refund),
        lambda: board.advance(repair),
        lambda: board.abandon(report),
        lambda: board.schedule(report),
        lambda: board.change_wip_limit("later", 5),
        lambda: board.advance(refund),
        lambda: board.retire(refund),
        lambda: board.remove_column("later"),
        lambda: board.change_wip_limit("doing", None),
        lambda: board.rename_column("to-do", "Next"),
        lambda: board.describe("What people wait for."),
        lambda: board.rename("Help desk"),
        lambda: board.advance(report),
    ]:
        command()
        yield board


def evening(event_sourced):
    """The board at the end of the day."""
    *_, board = a_day(event_sourced)
    return board


def through_json(state):
    """A state that was kept as text and read again."""
    return json.loads(json.dumps(state))


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda board: board.id, id="id"),
        pytest.param(lambda board: board.name, id="name"),
        pytest.param(lambda board: board.description, id="description"),
        pytest.param(lambda board: [c.id for c in board.columns], id="columns, left to right"),
        pytest.param(lambda board: [c.name for c in board.columns], id="names of columns"),
        pytest.param(lambda board: [c.work_item_ids for c in board.columns], id="items, in order"),
        pytest.param(lambda board: board.version, id="version"),
    ],
)
def test_a_board_from_a_state_has_the_same(event_sourced, snapshots, ask):
    board = evening(event_sourced)

    again = snapshots.board_from(snapshots.state_of(board))

    assert ask(again) == ask(board)


@pytest.mark.parametrize(
    "wip_limit",
    [
        pytest.param(None, id="none, for any number"),
        pytest.param(0, id="0, for no items"),
        pytest.param(3, id="3"),
    ],
)
def test_the_limit_of_a_column_comes_back_as_it_was(event_sourced, snapshots, wip_limit):
    board = event_sourced.create_board("Support", "What is broken.", board_id="support")
    board.add_column("To do", wip_limit=wip_limit)

    again = snapshots.board_from(snapshots.state_of(board))

    assert again.columns[0].wip_limit == wip_limit


def test_a_board_of_any_version_comes_back_from_its_state(event_sourced, snapshots):
    for board in a_day(event_sourced):
        again = snapshots.board_from(snapshots.state_of(board))

        assert lines_of(again) == lines_of(board)


def test_a_state_can_be_kept_as_json(event_sourced, snapshots):
    board = evening(event_sourced)

    again = snapshots.board_from(through_json(snapshots.state_of(board)))

    assert lines_of(again) == lines_of(board)


def test_a_discarded_board_has_a_state(event_sourced, snapshots):
    board = evening(event_sourced)
    board.discard()

    again = snapshots.board_from(through_json(snapshots.state_of(board)))

    assert (again.id, again.version) == (board.id, board.version)


def test_a_discarded_board_is_discarded_after_it_came_back(event_sourced, snapshots):
    board = evening(event_sourced)
    board.discard()
    again = snapshots.board_from(snapshots.state_of(board))

    with pytest.raises(event_sourced.DiscardedEntityError, match="support"):
        again.rename("Bugs")


def test_nothing_is_pending_on_a_board_from_a_state(event_sourced, snapshots):
    board = evening(event_sourced)

    again = snapshots.board_from(snapshots.state_of(board))

    assert again.pending == (), "a state says what is, and not what is to be saved"


def test_what_is_pending_stays_pending_on_the_board_that_was_asked(event_sourced, snapshots):
    board = evening(event_sourced)
    pending = board.pending

    snapshots.state_of(board)

    assert board.pending == pending


def test_a_board_from_a_state_takes_commands(event_sourced, events, snapshots):
    again = snapshots.board_from(snapshots.state_of(evening(event_sourced)))

    again.schedule(item(event_sourced, "refund"))

    scheduled = events.WorkItemScheduled(work_item_id="refund", column_id="to-do")
    assert again.pending == (scheduled,)


def test_a_state_is_the_same_after_the_board_has_changed(event_sourced, snapshots):
    board = evening(event_sourced)
    before = lines_of(board)
    state = snapshots.state_of(board)

    board.schedule(item(event_sourced, "refund"))

    assert lines_of(snapshots.board_from(state)) == before


def test_boards_from_one_state_share_nothing(event_sourced, snapshots):
    board = evening(event_sourced)
    state = through_json(snapshots.state_of(board))
    first, second = snapshots.board_from(state), snapshots.board_from(state)

    first.schedule(item(event_sourced, "refund"))

    assert lines_of(second) == lines_of(board)


# Snapshots in a repository


@pytest.fixture
def open_store(event_sourced):
    """Open stores in memory. All of them have one clock, and it never tells a moment twice."""
    minutes = count()
    opened = []

    def clock():
        return NINE + timedelta(minutes=next(minutes))

    def open_it():
        store = event_sourced.SqliteEventStore(
            ":memory:", event_sourced.kanban_codec(), clock=clock
        )
        opened.append(store)
        return store

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store):
    """A store for one test."""
    return open_store()


class Counting:
    """A store that counts the events that are read from it."""

    def __init__(self, store):
        self._counted_store = store
        self.events_read = 0

    def read(self, *args, **kwargs):
        for stored in self._counted_store.read(*args, **kwargs):
            self.events_read += 1
            yield stored

    def read_all(self, *args, **kwargs):
        for stored in self._counted_store.read_all(*args, **kwargs):
            self.events_read += 1
            yield stored

    def __getattr__(self, name):
        return getattr(self._counted_store, name)


class Cache(MutableMapping):
    """A cache that counts how often something is put in. Like a file, it keeps bytes only."""

    def __init__(self):
        self._kept = {}
        self.writes = 0

    def __getitem__(self, key):
        return self._kept[key]

    def __setitem__(self, key, value):
        if not isinstance(key, str) or not isinstance(value, bytes):
            raise TypeError(f"a cache keeps bytes under texts, and not {value!r} under {key!r}")
        self.writes += 1
        self._kept[key] = value

    def __delitem__(self, key):
        del self._kept[key]

    def __iter__(self):
        return iter(self._kept)

    def __len__(self):
        return len(self._kept)


@pytest.fixture
def cache():
    """A cache for one test."""
    return Cache()


@pytest.fixture
def happen(events):
    """Let so many things happen to a board, each recorded at a moment of its own."""

    def happen(store, number, *, board_id="support", item="item", column="to-do"):
        stream = f"board-{board_id}"
        so_far = sum(1 for _ in store.read(stream))
        for version in range(so_far + 1, so_far + number + 1):
            match version:
                case 1:
                    event = events.BoardCreated(
                        board_id=board_id, name="Support", description="All of it."
                    )
                case 2:
                    event = events.ColumnAdded(column_id=column, name="To do", wip_limit=None)
                case _:
                    event = events.WorkItemScheduled(
                        work_item_id=f"{item}-{version}", column_id=column
                    )
            store.append(stream, [event], expected_version=version - 1)

    return happen


@pytest.fixture
def truth(event_sourced):
    """What a board tells that was replayed from its first event."""

    def truth(store, board_id="support"):
        return lines_of(event_sourced.BoardRepository(store).get(board_id))

    return truth


def events_read(snapshots, store, cache, *, board_id="support", every=10):
    """How many events a new repository reads from the store to load a board."""
    counting = Counting(store)
    snapshots.SnapshotRepository(counting, cache, every=every).get(board_id)
    return counting.events_read


def test_without_a_snapshot_a_board_is_replayed(snapshots, store, cache, happen, truth):
    happen(store, 6)

    board = snapshots.SnapshotRepository(store, cache).get("support")

    assert lines_of(board) == truth(store)


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(0, id="none since"),
        pytest.param(1, id="1 since"),
        pytest.param(7, id="7 since"),
    ],
)
def test_a_board_comes_from_its_snapshot_and_the_events_since(
    snapshots, store, cache, happen, truth, later
):
    boards = snapshots.SnapshotRepository(store, cache, every=10)
    happen(store, 12)
    boards.get("support")
    happen(store, later)

    board = boards.get("support")

    assert lines_of(board) == truth(store)


def test_nothing_is_pending_on_a_board_that_came_from_its_snapshot(snapshots, store, cache, happen):
    boards = snapshots.SnapshotRepository(store, cache, every=10)
    happen(store, 12)
    boards.get("support")
    happen(store, 3)

    assert boards.get("support").pending == ()


def test_only_the_events_since_the_snapshot_are_read(snapshots, store, cache, happen):
    counting = Counting(store)
    boards = snapshots.SnapshotRepository(counting, cache, every=10)
    happen(store, 40)
    boards.get("support")
    happen(store, 3)
    counting.events_read = 0

    boards.get("support")

    assert counting.events_read <= 10, "of 43 events, 3 came after the snapshot"


def test_a_snapshot_is_there_after_a_restart_of_the_program(snapshots, store, cache, happen):
    happen(store, 40)
    snapshots.SnapshotRepository(store, cache, every=10).get("support")

    after_the_restart = events_read(snapshots, store, cache)

    assert after_the_restart <= 10, "the cache that was given has the snapshot of all 40 events"


def test_snapshots_can_be_kept_in_a_file(snapshots, store, happen, tmp_path):
    happen(store, 40)
    with dbm.dumb.open(str(tmp_path / "snapshots"), "c") as file:
        snapshots.SnapshotRepository(store, file, every=10).get("support")

    with dbm.dumb.open(str(tmp_path / "snapshots"), "c") as file:
        after_the_restart = events_read(snapshots, store, file)

    assert after_the_restart <= 10, "the file that was given has the snapshot of all 40 events"


@pytest.mark.parametrize("board_id", ["support", "sales"])
def test_each_board_has_a_snapshot_of_its_own(snapshots, store, cache, happen, board_id):
    boards = snapshots.SnapshotRepository(store, cache, every=10)
    for each in ("support", "sales"):
        happen(store, 40, board_id=each)
        boards.get(each)

    read = events_read(snapshots, store, cache, board_id=board_id)

    assert read <= 10, "both boards were loaded before, one after the other"


def test_a_discarded_board_comes_from_its_snapshot(
    event_sourced, events, snapshots, store, cache, happen
):
    happen(store, 40)
    store.append("board-support", [events.BoardDiscarded()], expected_version=40)
    snapshots.SnapshotRepository(store, cache, every=10).get("support")

    read = events_read(snapshots, store, cache)

    assert read <= 10, "a discarded board has a state, so there can be a snapshot of it"


# When a snapshot is taken


@pytest.mark.parametrize(
    ("number", "writes"),
    [
        pytest.param(4, 0, id="4 events, none"),
        pytest.param(5, 1, id="5 events, one"),
        pytest.param(13, 1, id="13 events, one"),
    ],
)
def test_the_first_load_takes_a_snapshot_if_every_is_5_and_there_are(
    snapshots, store, cache, happen, number, writes
):
    happen(store, number)

    snapshots.SnapshotRepository(store, cache, every=5).get("support")

    assert cache.writes == writes, "so often something was put into the cache"


def test_a_load_of_fewer_than_every_events_takes_no_snapshot(snapshots, store, cache, happen):
    boards = snapshots.SnapshotRepository(store, cache, every=5)
    happen(store, 7)
    boards.get("support")

    for _ in range(4):
        happen(store, 1)
        boards.get("support")

    assert cache.writes == 1, "4 events have come since the snapshot, and every is 5"


def test_a_load_of_every_events_since_the_snapshot_takes_the_next_one(
    snapshots, store, cache, happen
):
    boards = snapshots.SnapshotRepository(store, cache, every=5)
    happen(store, 7)
    boards.get("support")

    for _ in range(5):
        happen(store, 1)
        boards.get("support")

    assert cache.writes == 2, "5 events have come since the snapshot, and every is 5"


def test_a_newer_snapshot_is_the_one_that_counts(snapshots, store, cache, happen):
    boards = snapshots.SnapshotRepository(store, cache, every=10)
    happen(store, 12)
    boards.get("support")
    happen(store, 40)
    boards.get("support")

    read = events_read(snapshots, store, cache)

    assert read <= 10, "there is a snapshot of all 52 events"


# Snapshots that do not count


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(lambda snapshot: b"", id="empty"),
        pytest.param(lambda snapshot: snapshot[: len(snapshot) // 2], id="half of it"),
        pytest.param(lambda snapshot: b"\xff\xfe\x00", id="bytes that are no text"),
        pytest.param(lambda snapshot: b"null", id="JSON, and nothing in it"),
        pytest.param(lambda snapshot: b"[1, 2, 3]", id="JSON, and no snapshot"),
        pytest.param(lambda snapshot: b"{}", id="a JSON object without fields"),
    ],
)
def test_a_snapshot_does_not_count_if_it_is(snapshots, store, cache, happen, truth, broken):
    boards = snapshots.SnapshotRepository(store, cache, every=10)
    happen(store, 12)
    boards.get("support")
    happen(store, 3)
    cache.update({key: broken(snapshot) for key, snapshot in cache.items()})

    board = boards.get("support")

    assert lines_of(board) == truth(store)


def test_a_broken_snapshot_is_replaced(snapshots, store, cache, happen):
    boards = snapshots.SnapshotRepository(store, cache, every=10)
    happen(store, 40)
    boards.get("support")
    cache.update(dict.fromkeys(cache, b"broken"))
    boards.get("support")

    read = events_read(snapshots, store, cache)

    assert read <= 10, "the load before replayed 40 events, so it has taken a new snapshot"


@pytest.mark.parametrize(
    ("then", "now"),
    [pytest.param(1, 2, id="an older program"), pytest.param(2, 1, id="a newer program")],
)
def test_a_snapshot_of_another_schema_does_not_count_by(
    event_sourced, events, snapshots, store, cache, happen, truth, monkeypatch, then, now
):
    happen(store, 12)
    right = event_sourced.Board.apply

    def forgets_items(board, event):
        if not isinstance(event, events.WorkItemScheduled):
            right(board, event)

    with monkeypatch.context() as patch:
        patch.setattr(event_sourced.Board, "apply", forgets_items)
        patch.setattr(snapshots, "STATE_SCHEMA", then)
        snapshots.SnapshotRepository(store, cache, every=10).get("support")
    monkeypatch.setattr(snapshots, "STATE_SCHEMA", now)

    board = snapshots.SnapshotRepository(store, cache, every=10).get("support")

    assert lines_of(board) == truth(store), "that program's `apply` forgot all items"


def restored(backup, open_store):
    """A store with all that was in another one; nothing that happens later is in both."""
    store = open_store()
    backup.connection.backup(store.connection)
    return store


def test_a_store_from_a_backup_is_right_about_a_board(
    snapshots, open_store, store, cache, happen, truth
):
    happen(store, 9)
    backup = restored(store, open_store)
    happen(store, 3)
    snapshots.SnapshotRepository(store, cache, every=10).get("support")

    board = snapshots.SnapshotRepository(backup, cache, every=10).get("support")

    assert lines_of(board) == truth(backup), "the snapshot is ahead of this store"


@pytest.mark.parametrize(
    ("number", "last"),
    [
        pytest.param(3, "refund", id="to the same version"),
        pytest.param(5, "refund", id="beyond that version"),
        pytest.param(3, "item", id="to the same event at that version"),
    ],
)
def test_a_snapshot_does_not_count_in_a_store_from_a_backup_that_went_on(
    snapshots, open_store, store, cache, happen, truth, number, last
):
    happen(store, 9)
    backup = restored(store, open_store)
    happen(store, 3)
    snapshots.SnapshotRepository(store, cache, every=10).get("support")
    happen(backup, 2, item="refund")
    happen(backup, number - 2, item=last)

    board = snapshots.SnapshotRepository(backup, cache, every=10).get("support")

    assert lines_of(board) == truth(backup), "what the snapshot knows did not happen here"


def test_a_snapshot_from_before_the_backup_counts(snapshots, open_store, store, cache, happen):
    happen(store, 40)
    snapshots.SnapshotRepository(store, cache, every=10).get("support")
    backup = restored(store, open_store)
    happen(backup, 3, item="refund")

    read = events_read(snapshots, backup, cache)

    assert read <= 10, "the history up to the snapshot is the same"


def test_a_snapshot_of_one_board_does_not_count_for_another(snapshots, store, cache, happen, truth):
    boards = snapshots.SnapshotRepository(store, cache, every=10)
    for board_id in ("support", "sales"):
        happen(store, 12, board_id=board_id)
        boards.get(board_id)
    kept = list(cache)
    cache.update(zip(kept, [cache[key] for key in reversed(kept)], strict=True))

    assert lines_of(boards.get("support")) == truth(store)


def test_a_board_that_only_the_cache_knows_is_not_found(
    event_sourced, snapshots, open_store, store, cache, happen
):
    happen(store, 12)
    snapshots.SnapshotRepository(store, cache, every=10).get("support")

    with pytest.raises(event_sourced.BoardNotFoundError):
        snapshots.SnapshotRepository(open_store(), cache, every=10).get("support")


def test_a_board_that_nobody_knows_is_not_found(event_sourced, snapshots, store, cache):
    with pytest.raises(event_sourced.BoardNotFoundError):
        snapshots.SnapshotRepository(store, cache).get("support")


# A cache that takes nothing away


class Unwritable(Cache):
    """A cache on a disk that is full."""

    def __setitem__(self, key, value):
        raise OSError("there is no space left on the disk")


class Unreadable(Cache):
    """A cache on a disk that has gone."""

    def __getitem__(self, key):
        raise OSError("the disk does not answer")


@pytest.mark.parametrize(
    "failing",
    [pytest.param(Unwritable, id="written"), pytest.param(Unreadable, id="read")],
)
def test_a_board_comes_though_the_cache_cannot_be(snapshots, store, happen, truth, failing):
    happen(store, 12)

    board = snapshots.SnapshotRepository(store, failing(), every=10).get("support")

    assert lines_of(board) == truth(store)


def test_a_board_is_the_same_after_the_cache_was_emptied(snapshots, store, cache, happen, truth):
    boards = snapshots.SnapshotRepository(store, cache, every=10)
    happen(store, 12)
    boards.get("support")
    happen(store, 3)
    cache.clear()

    assert lines_of(boards.get("support")) == truth(store)


# Commands, and saving


def test_a_command_on_a_board_from_its_snapshot_is_all_that_is_saved(
    event_sourced, events, snapshots, store, cache, happen
):
    boards = snapshots.SnapshotRepository(store, cache, every=10)
    happen(store, 12)
    boards.get("support")
    happen(store, 3)
    board = boards.get("support")

    board.rename("Help desk")
    boards.save(board)

    saved = [stored.event for stored in store.read("board-support", after=15)]
    assert saved == [events.BoardRenamed(name="Help desk")]


def test_of_two_boards_from_one_snapshot_only_the_first_is_saved(snapshots, store, cache, happen):
    boards = snapshots.SnapshotRepository(store, cache, every=10)
    happen(store, 12)
    boards.get("support")
    bens, amiras = boards.get("support"), boards.get("support")
    bens.rename("Help desk")
    boards.save(bens)
    amiras.rename("Bugs")

    with pytest.raises(ConcurrencyError):
        boards.save(amiras)


def test_what_could_not_be_saved_is_in_no_snapshot(snapshots, store, cache, happen, truth):
    boards = snapshots.SnapshotRepository(store, cache, every=1)
    happen(store, 12)
    amiras = boards.get("support")
    happen(store, 1)
    amiras.rename("Bugs")
    with suppress(ConcurrencyError):
        boards.save(amiras)

    assert lines_of(boards.get("support")) == truth(store)


def test_what_was_not_saved_is_on_no_board_that_is_loaded_later(
    event_sourced, snapshots, store, cache, happen, truth
):
    boards = snapshots.SnapshotRepository(store, cache, every=10)
    happen(store, 12)
    for _ in range(2):
        boards.get("support").schedule(item(event_sourced, "refund"))

    assert lines_of(boards.get("support")) == truth(store)
