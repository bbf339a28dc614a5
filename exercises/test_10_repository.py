"""Step 10: load, decide, save; on conflict decide again."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from workshop.eventsourcing import CodecError, ConcurrencyError, Event

STREAM = "board-support"
NINE = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def open_store(event_sourced):
    """Open files with your store, as programs do; without a file, it forgets all when closed."""
    opened = []

    def open_it(path=":memory:", codec=None):
        codec = codec or event_sourced.kanban_codec()
        opened.append(event_sourced.SqliteEventStore(path, codec, clock=lambda: NINE))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store):
    """A store for one test."""
    return open_store()


@pytest.fixture
def boards(event_sourced, store):
    """The repository that Amira uses."""
    return event_sourced.BoardRepository(store)


@pytest.fixture
def bens_boards(event_sourced, store):
    """The repository that Ben uses; it has the same store."""
    return event_sourced.BoardRepository(store)


@pytest.fixture
def kanban_db(tmp_path):
    """The file that several programs open at the same time."""
    return tmp_path / "kanban.db"


def item(event_sourced, work_item_id):
    """An item of this id; the board knows it by nothing else."""
    return event_sourced.register_work_item("Fix the login", work_item_id=work_item_id)


def new_board(event_sourced, board_id="support"):
    """A board of eight events, not saved yet: in Doing there is one place left, and two wait."""
    board = event_sourced.create_board("Support", "What is broken.", board_id=board_id)
    board.add_column("To do", column_id="to-do")
    board.add_column("Doing", column_id="doing", wip_limit=2)
    board.add_column("Done", column_id="done")
    for work_item_id in ("repair", "report", "refund"):
        board.schedule(item(event_sourced, work_item_id))
    board.advance(item(event_sourced, "repair"))
    return board


def lines_of(board):
    """All that a board tells about itself, a line for the board and one for each column."""
    lines = [f"{board.id}: {board.name}. {board.description}"]
    for column in board.columns:
        told = [f"{column.id}: {column.name}", f"limit {column.wip_limit}", *column.work_item_ids]
        lines.append(", ".join(told))
    return lines


def recorded(store, stream=STREAM):
    """The events that the store has in the stream, oldest first."""
    return [stored.event for stored in store.read(stream)]


# Load


def test_a_board_comes_back_as_it_was_saved(event_sourced, boards):
    board = new_board(event_sourced)
    before = lines_of(board)

    boards.save(board)

    assert lines_of(boards.get("support")) == before


def test_a_board_comes_back_after_a_restart_of_the_program(event_sourced, open_store, kanban_db):
    board = new_board(event_sourced)
    event_sourced.BoardRepository(open_store(kanban_db)).save(board)

    after_the_restart = event_sourced.BoardRepository(open_store(kanban_db))

    assert lines_of(after_the_restart.get("support")) == lines_of(board)


@pytest.mark.parametrize("board_id", ["support", "sales", "office"])
def test_each_of_several_boards_is_found_by_its_id(event_sourced, boards, board_id):
    for each in ("support", "sales", "office"):
        boards.save(event_sourced.create_board(f"The {each} board", "For all.", board_id=each))

    assert boards.get(board_id).name == f"The {board_id} board"


def test_what_the_stream_of_a_board_says_is_the_board(event_sourced, events, boards, store):
    created = events.BoardCreated(board_id="support", name="Support", description="All of it.")
    added = events.ColumnAdded(column_id="to-do", name="To do", wip_limit=None)
    store.append(STREAM, [created, added], expected_version=0)

    board = boards.get("support")

    assert lines_of(board) == ["support: Support. All of it.", "to-do: To do, limit None"]


def test_one_event_is_enough_to_load_a_board(event_sourced, boards):
    boards.save(event_sourced.create_board("Support", "All of it.", board_id="support"))

    assert lines_of(boards.get("support")) == ["support: Support. All of it."]


def test_nothing_is_pending_on_a_board_that_was_loaded(event_sourced, boards):
    boards.save(new_board(event_sourced))

    assert boards.get("support").pending == ()


def test_the_version_of_a_board_that_was_loaded_counts_its_events(event_sourced, boards):
    boards.save(new_board(event_sourced))

    assert boards.get("support").version == 8


def test_what_has_happened_is_not_judged_again_when_it_is_loaded(
    event_sourced, events, boards, store
):
    boards.save(new_board(event_sourced))
    stricter = events.WipLimitChanged(column_id="to-do", wip_limit=1)
    in_spite_of_it = events.WorkItemScheduled(work_item_id="invoice", column_id="to-do")
    store.append(STREAM, [stricter, in_spite_of_it], expected_version=8)

    board = boards.get("support")

    assert board.column("to-do").work_item_ids == ("report", "refund", "invoice")


def test_a_board_that_was_discarded_is_found_and_is_discarded(event_sourced, boards):
    board = new_board(event_sourced)
    board.discard()
    boards.save(board)

    found = boards.get("support")

    with pytest.raises(event_sourced.DiscardedEntityError, match="support"):
        found.rename("Help desk")


# What is not there


def test_an_id_that_nobody_saved_a_board_under_is_not_found(event_sourced, boards):
    boards.save(new_board(event_sourced))

    with pytest.raises(event_sourced.BoardNotFoundError) as refusal:
        boards.get("sales")

    assert refusal.value.board == "sales"


def test_a_board_that_was_made_and_not_saved_is_not_found(event_sourced, boards):
    new_board(event_sourced)

    with pytest.raises(event_sourced.BoardNotFoundError):
        boards.get("support")


def test_nobody_goes_on_with_a_board_that_is_not_there(event_sourced, boards):
    with pytest.raises(event_sourced.BoardNotFoundError):
        boards.get("support").rename("Help desk")


@dataclass(frozen=True, kw_only=True)
class BoardPainted(Event):
    """What only a newer program knows."""

    colour: str


@pytest.fixture
def newer_program(event_sourced, open_store, kanban_db):
    """The file of the boards, opened by a newer program: it records what yours does not know."""
    return open_store(kanban_db, event_sourced.EventCodec({"board-painted": BoardPainted}))


def test_one_board_that_cannot_be_read_does_not_keep_another_from_loading(
    event_sourced, open_store, kanban_db, newer_program
):
    boards = event_sourced.BoardRepository(open_store(kanban_db))
    boards.save(new_board(event_sourced))
    newer_program.append("board-office", [BoardPainted(colour="blue")], expected_version=0)

    assert boards.get("support").name == "Support"


def test_a_board_that_cannot_be_read_is_not_called_missing(
    event_sourced, open_store, kanban_db, newer_program
):
    boards = event_sourced.BoardRepository(open_store(kanban_db))
    boards.save(new_board(event_sourced))
    newer_program.append(STREAM, [BoardPainted(colour="blue")], expected_version=8)

    with pytest.raises(CodecError):
        boards.get("support")


# To each their own board


def test_a_change_that_is_not_saved_is_not_kept(event_sourced, boards):
    board = new_board(event_sourced)
    boards.save(board)

    board.rename("Help desk")

    assert boards.get("support").name == "Support"


def test_two_who_load_a_board_get_a_board_each(event_sourced, boards):
    boards.save(new_board(event_sourced))
    one, other = boards.get("support"), boards.get("support")

    one.rename("Help desk")

    assert other.name == "Support"


def test_what_somebody_else_saved_is_there_the_next_time(event_sourced, boards, bens_boards):
    boards.save(new_board(event_sourced))
    boards.get("support")

    bens = bens_boards.get("support")
    bens.rename("Help desk")
    bens_boards.save(bens)

    assert boards.get("support").name == "Help desk"


# Save


def test_what_is_pending_is_in_the_stream_of_the_board_after_saving(event_sourced, boards, store):
    board = new_board(event_sourced)
    pending = list(board.pending)

    boards.save(board)

    assert recorded(store) == pending


def test_nothing_is_pending_after_saving(event_sourced, boards):
    board = new_board(event_sourced)

    boards.save(board)

    assert board.pending == ()


def test_you_can_go_on_with_a_board_after_saving_it(event_sourced, boards):
    board = new_board(event_sourced)
    boards.save(board)

    board.advance(item(event_sourced, "report"))
    boards.save(board)

    assert boards.get("support").column("doing").work_item_ids == ("repair", "report")


@pytest.mark.parametrize("count", [1, 2, 3], ids="{} at a time".format)
def test_events_are_appended_to_those_that_were_there(event_sourced, boards, store, count):
    board = new_board(event_sourced)
    happened = list(board.pending)
    boards.save(board)

    board = boards.get("support")
    for name in ("Help desk", "Desk", "Help")[:count]:
        board.rename(name)
    happened += board.pending
    boards.save(board)

    assert recorded(store) == happened


def test_of_changes_of_which_one_cannot_be_stored_none_is(event_sourced, events, boards, store):
    boards.save(new_board(event_sourced))
    board = boards.get("support")
    board.describe("What customers wait for.")
    board.record(events.BoardRenamed(name={"a name that is", "no text"}))

    with pytest.raises(CodecError):
        boards.save(board)

    assert len(recorded(store)) == 8, "events that were decided together are stored together"


def test_saving_a_board_on_which_nothing_happened_appends_nothing(event_sourced, boards, store):
    boards.save(new_board(event_sourced))

    boards.save(boards.get("support"))

    assert len(recorded(store)) == 8


def test_a_board_that_was_only_looked_at_can_be_saved_whatever_others_did(
    event_sourced, boards, bens_boards
):
    boards.save(new_board(event_sourced))
    looked_at, bens = boards.get("support"), bens_boards.get("support")
    bens.rename("Help desk")
    bens_boards.save(bens)

    boards.save(looked_at)

    assert boards.get("support").name == "Help desk"


# The rules hold as before: these are promises of step 3


def full_board(event_sourced, boards):
    """A board that was saved and loaded; now Doing is full, and Done holds an item."""
    board = new_board(event_sourced)
    board.advance(item(event_sourced, "repair"))
    board.advance(item(event_sourced, "report"))
    board.schedule(item(event_sourced, "invoice"))
    board.advance(item(event_sourced, "refund"))
    boards.save(board)
    return boards.get("support")


@pytest.mark.parametrize(
    ("command", "work_item_id", "error"),
    [
        pytest.param("advance", "invoice", "WorkLimitError", id="to advance into a full column"),
        pytest.param("advance", "repair", "ConstraintError", id="to advance beyond the last"),
        pytest.param("schedule", "report", "ConstraintError", id="to schedule what is there"),
        pytest.param("retire", "report", "ConstraintError", id="to retire what is not done"),
        pytest.param("abandon", "logo", "WorkItemNotFoundError", id="to abandon what is not there"),
    ],
)
def test_a_board_that_was_saved_and_loaded_refuses(
    event_sourced, boards, command, work_item_id, error
):
    board = full_board(event_sourced, boards)

    with pytest.raises(getattr(event_sourced, error)):
        getattr(board, command)(item(event_sourced, work_item_id))


def test_a_board_that_is_saved_and_loaded_after_each_command_is_the_board_that_never_was(
    event_sourced, boards
):
    repair, report = item(event_sourced, "repair"), item(event_sourced, "report")
    never_saved = new_board(event_sourced)
    boards.save(new_board(event_sourced))

    for command in [
        lambda board: board.advance(repair),
        lambda board: board.advance(report),
        lambda board: board.retire(repair),
        lambda board: board.abandon(report),
        lambda board: board.schedule(report),
        lambda board: board.insert_column_before("done", "Check", column_id="check", wip_limit=0),
        lambda board: board.rename_column("to-do", "Next"),
        lambda board: board.change_wip_limit("doing", None),
        lambda board: board.remove_column("check"),
        lambda board: board.describe("What customers wait for."),
        lambda board: board.rename("Help desk"),
    ]:
        command(never_saved)
        board = boards.get("support")
        command(board)
        boards.save(board)

    assert lines_of(boards.get("support")) == lines_of(never_saved)


# Two people


@pytest.fixture
def two_boards(event_sourced, boards, bens_boards):
    """Save a board; Amira and Ben load it, and each advances an item. Nothing of it is saved."""
    boards.save(new_board(event_sourced))
    amiras, bens = boards.get("support"), bens_boards.get("support")
    amiras.advance(item(event_sourced, "report"))
    bens.advance(item(event_sourced, "refund"))
    return amiras, bens


def test_the_second_who_saves_the_same_version_is_refused(boards, bens_boards, two_boards):
    amiras, bens = two_boards
    bens_boards.save(bens)

    with pytest.raises(ConcurrencyError):
        boards.save(amiras)


def test_the_refusal_tells_the_version_that_was_seen_and_the_one_that_is(
    boards, bens_boards, two_boards
):
    amiras, bens = two_boards
    bens_boards.save(bens)

    with pytest.raises(ConcurrencyError) as refusal:
        boards.save(amiras)

    assert (refusal.value.expected, refusal.value.actual) == (8, 9)


def test_the_second_is_refused_if_the_first_was_another_program_with_the_same_file(
    event_sourced, open_store, kanban_db
):
    boards = event_sourced.BoardRepository(open_store(kanban_db))
    boards.save(new_board(event_sourced))
    amiras = boards.get("support")
    amiras.advance(item(event_sourced, "report"))

    bens_boards = event_sourced.BoardRepository(open_store(kanban_db))
    bens = bens_boards.get("support")
    bens.advance(item(event_sourced, "refund"))
    bens_boards.save(bens)

    with pytest.raises(ConcurrencyError):
        boards.save(amiras)


def test_two_copies_from_one_repository_are_told_apart_as_well(event_sourced, boards):
    boards.save(new_board(event_sourced))
    one, other = boards.get("support"), boards.get("support")
    one.advance(item(event_sourced, "report"))
    other.advance(item(event_sourced, "refund"))
    boards.save(one)

    with pytest.raises(ConcurrencyError):
        boards.save(other)


def test_of_two_who_make_a_board_of_the_same_id_the_second_is_refused(
    event_sourced, boards, bens_boards
):
    bens_boards.save(event_sourced.create_board("Sales", "For Ben.", board_id="sales"))

    with pytest.raises(ConcurrencyError):
        boards.save(event_sourced.create_board("Sales", "For Amira.", board_id="sales"))


def test_nothing_of_a_refused_save_is_stored(boards, bens_boards, two_boards):
    amiras, bens = two_boards
    bens_boards.save(bens)

    with suppress(ConcurrencyError):
        boards.save(amiras)

    assert boards.get("support").column("doing").work_item_ids == ("repair", "refund")


def test_what_was_refused_stays_pending(events, boards, bens_boards, two_boards):
    amiras, bens = two_boards
    bens_boards.save(bens)

    with pytest.raises(ConcurrencyError):
        boards.save(amiras)

    advanced = events.WorkItemAdvanced(
        work_item_id="report", from_column_id="to-do", to_column_id="doing"
    )
    assert amiras.pending == (advanced,)


# Stores in which something happens


class AroundStore:
    """A store that hands on to another one all that it is asked to do."""

    def __init__(self, store):
        self._store = store

    def __getattr__(self, name):
        return getattr(self._store, name)


class FailingStore(AroundStore):
    """Fails at the first append, before anything is written; afterwards it works."""

    def __init__(self, store, error):
        super().__init__(store)
        self._errors = [error]

    def append(self, *args, **options):
        if self._errors:
            raise self._errors.pop()
        return self._store.append(*args, **options)


class OvertakenStore(AroundStore):
    """Lets somebody else write first, in the last moment in which this is possible."""

    def __init__(self, store, meanwhile):
        super().__init__(store)
        self._meanwhile = once(meanwhile)

    def append(self, *args, **options):
        self._meanwhile()
        return self._store.append(*args, **options)

    def transaction(self):
        self._meanwhile()
        return self._store.transaction()


def once(action):
    """Do something at the first call, and nothing at the calls that follow."""
    remaining = [action]

    def call():
        if remaining:
            remaining.pop()()

    return call


def test_a_conflict_is_left_to_whoever_saves(event_sourced, store, bens_boards, two_boards):
    amiras, bens = two_boards
    bens_boards.save(bens)
    conflict = ConcurrencyError(STREAM, 8, 9)
    boards = event_sourced.BoardRepository(FailingStore(store, conflict))

    with pytest.raises(ConcurrencyError):
        boards.save(amiras)


def test_what_a_full_disk_refused_can_be_saved_later(event_sourced, store):
    boards = event_sourced.BoardRepository(FailingStore(store, OSError("the disk is full")))
    board = new_board(event_sourced)
    with pytest.raises(OSError, match="full"):
        boards.save(board)

    boards.save(board)

    assert lines_of(boards.get("support")) == lines_of(board)


def test_somebody_who_saves_in_the_very_last_moment_is_noticed(
    event_sourced, store, bens_boards, two_boards
):
    amiras, bens = two_boards
    overtaken = event_sourced.BoardRepository(
        OvertakenStore(store, meanwhile=lambda: bens_boards.save(bens))
    )

    with pytest.raises(ConcurrencyError):
        overtaken.save(amiras)


# Decide again


def test_after_a_conflict_the_board_decides_again_and_may_refuse(
    event_sourced, boards, bens_boards, two_boards
):
    _, bens = two_boards
    ben_is_faster = once(lambda: bens_boards.save(bens))

    def advance_the_report():
        board = boards.get("support")
        ben_is_faster()
        board.advance(item(event_sourced, "report"))
        boards.save(board)

    with pytest.raises(event_sourced.WorkLimitError, match="report"):
        event_sourced.retry_on_conflict(advance_the_report)

    assert boards.get("support").column("doing").work_item_ids == ("repair", "refund")


def test_after_a_conflict_the_board_decides_again_and_may_decide_otherwise(
    event_sourced, boards, bens_boards
):
    boards.save(new_board(event_sourced))

    def add_a_column_in_front():
        board = bens_boards.get("support")
        board.insert_column_before("to-do", "Ideas", column_id="ideas")
        bens_boards.save(board)

    ben_is_faster = once(add_a_column_in_front)

    def schedule_the_invoice():
        board = boards.get("support")
        ben_is_faster()
        board.schedule(item(event_sourced, "invoice"))
        boards.save(board)

    event_sourced.retry_on_conflict(schedule_the_invoice)

    assert boards.get("support").column("ideas").work_item_ids == ("invoice",)


class TriedTooOftenError(Exception):
    """An action was run more often than it has outcomes."""


def action_that(*outcomes):
    """An action that comes out in these ways, one after the other; it counts how often it ran."""

    def action():
        action.runs += 1
        if action.runs > len(outcomes):
            raise TriedTooOftenError(f"the action was run {action.runs} times")
        outcome = outcomes[action.runs - 1]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    action.runs = 0
    return action


def conflicts(count):
    """So many conflicts, each with a version of its own."""
    return [ConcurrencyError(STREAM, 8, 9 + number) for number in range(count)]


def test_what_the_action_returns_is_returned(event_sourced):
    assert event_sourced.retry_on_conflict(action_that("the board")) == "the board"


def test_what_the_action_returns_after_a_conflict_is_returned(event_sourced):
    action = action_that(*conflicts(1), "the board")

    assert event_sourced.retry_on_conflict(action) == "the board"


@pytest.mark.parametrize("nothing", [None, 0, ""], ids=repr)
def test_an_action_that_had_no_conflict_is_run_once_though_it_returns(event_sourced, nothing):
    action = action_that(nothing, "a second time")

    assert event_sourced.retry_on_conflict(action) == nothing


@pytest.mark.parametrize("attempts", [1, 2, 5], ids="of {}".format)
def test_the_last_attempt_counts(event_sourced, attempts):
    action = action_that(*conflicts(attempts - 1), "the board")

    assert event_sourced.retry_on_conflict(action, attempts=attempts) == "the board"


@pytest.mark.parametrize(
    "attempts",
    [pytest.param(1, id="once"), pytest.param(2, id="twice"), pytest.param(5, id="five times")],
)
def test_an_action_that_always_meets_a_conflict_is_tried(event_sourced, attempts):
    action = action_that(*conflicts(attempts + 1))

    with pytest.raises(ConcurrencyError):
        event_sourced.retry_on_conflict(action, attempts=attempts)

    assert action.runs == attempts


def test_three_attempts_are_made_if_nothing_else_is_said(event_sourced):
    action = action_that(*conflicts(4))

    with pytest.raises(ConcurrencyError):
        event_sourced.retry_on_conflict(action)

    assert action.runs == 3


def test_the_conflict_of_the_last_attempt_is_the_one_that_is_told(event_sourced):
    action = action_that(*conflicts(4))

    with pytest.raises(ConcurrencyError) as refusal:
        event_sourced.retry_on_conflict(action, attempts=4)

    assert refusal.value.actual == 12


def test_a_rule_that_says_no_is_not_asked_again(event_sourced):
    action = action_that(event_sourced.ConstraintError("The item is in the last column."), "yes")

    with pytest.raises(event_sourced.ConstraintError, match="last column"):
        event_sourced.retry_on_conflict(action)


def test_an_error_that_is_no_conflict_ends_it_at_once(event_sourced):
    action = action_that(*conflicts(1), OSError("the disk is full"), "yes")

    with pytest.raises(OSError, match="full"):
        event_sourced.retry_on_conflict(action)
