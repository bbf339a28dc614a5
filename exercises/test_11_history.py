"""Step 11: any past state is the fold of a shorter history."""

import contextlib
from datetime import UTC, datetime, timedelta, timezone

import pytest

from workshop.eventsourcing import HistoricalCopyError

MICROSECOND = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

TUESDAY_NOON = datetime(2024, 10, 22, 12, tzinfo=UTC)
TWO_O_CLOCK = TUESDAY_NOON + 2 * HOUR
FOUR_O_CLOCK = TUESDAY_NOON + 4 * HOUR
MUCH_LATER = datetime(2999, 1, 1, tzinfo=UTC)


class Clock:
    """Tells the moment that a test has set."""

    def __init__(self):
        self.now = TUESDAY_NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def opened(event_sourced, path, clock):
    """Your event store, to be used in a `with`, with a clock that the test sets."""
    codec = event_sourced.kanban_codec()
    return contextlib.closing(event_sourced.SqliteEventStore(path, codec, clock=clock))


@pytest.fixture
def store(event_sourced, clock):
    """Your event store, in memory: most questions here are of time, and not of files."""
    with opened(event_sourced, ":memory:", clock) as store:
        yield store


@pytest.fixture
def boards(event_sourced, store):
    """Your repository of boards."""
    return event_sourced.BoardRepository(store)


@pytest.fixture
def named(event_sourced, boards, clock):
    """Keep a board that gets one name after another, each of them at its moment."""

    def named(*names_and_moments, board_id="board-1"):
        board = None
        for name, clock.now in names_and_moments:
            if board is None:
                board = event_sourced.create_board(name, "Broken things.", board_id=board_id)
            else:
                board.rename(name)
            boards.save(board)

    return named


@pytest.fixture
def tuesday(named):
    """Keep the board that most tests ask: it is called something else at each version."""
    named(("Support", TUESDAY_NOON), ("Help desk", TWO_O_CLOCK), ("Service", FOUR_O_CLOCK))


def item(event_sourced, work_item_id):
    """An item of this id; the board knows it by nothing else."""
    return event_sourced.register_work_item("Fix the login", work_item_id=work_item_id)


def lines_of(board):
    """All that a board tells about itself, a line for the board and one for each column."""
    lines = [f"{board.id}: {board.name}. {board.description}"]
    for column in board.columns:
        told = [f"{column.id}: {column.name}", f"limit {column.wip_limit}", *column.work_item_ids]
        lines.append(", ".join(told))
    return lines


def a_day(event_sourced, boards, clock):
    """Work with a board, a minute for each command; give what it told after each of them."""
    repair = item(event_sourced, "repair")
    report = item(event_sourced, "report")
    board = event_sourced.create_board("Support", "What is broken.", board_id="board-1")
    told = []
    for command in [
        lambda: None,
        lambda: board.add_column("To do", column_id="to-do", wip_limit=2),
        lambda: board.add_column("Done", column_id="done"),
        lambda: board.schedule(report),
        lambda: board.abandon(report),
        lambda: board.schedule(repair),
        lambda: board.schedule(report),
        lambda: board.insert_column_before("done", "Doing", column_id="doing"),
        lambda: board.advance(repair),
        lambda: board.rename_column("to-do", "Next"),
        lambda: board.change_wip_limit("doing", 1),
    ]:
        command()
        boards.save(board)
        told.append((board.version, lines_of(board)))
        clock.now += MINUTE
    return told


# At a version


def test_at_every_version_the_board_tells_what_it_told_then(event_sourced, clock, tmp_path):
    with opened(event_sourced, tmp_path / "kanban.db", clock) as store:
        told = a_day(event_sourced, event_sourced.BoardRepository(store), clock)

    with opened(event_sourced, tmp_path / "kanban.db", clock) as store:
        boards = event_sourced.BoardRepository(store)
        past = {version: boards.get("board-1", at_version=version) for version, _ in told}

    assert {version: lines_of(board) for version, board in past.items()} == dict(told)


@pytest.mark.usefixtures("tuesday")
@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_past_board_says_its_version(boards, version):
    assert boards.get("board-1", at_version=version).version == version


@pytest.mark.usefixtures("tuesday")
def test_a_version_that_the_board_has_not_come_to_is_not_found(event_sourced, boards):
    with pytest.raises(event_sourced.BoardNotFoundError, match="board-1"):
        boards.get("board-1", at_version=4)


@pytest.mark.usefixtures("tuesday")
@pytest.mark.parametrize("version", [0, -1])
def test_there_is_no_version(boards, version):
    with pytest.raises(ValueError):
        boards.get("board-1", at_version=version)


@pytest.mark.usefixtures("tuesday")
@pytest.mark.parametrize(
    "limit",
    [
        pytest.param({"at_version": 1}, id="at version 1"),
        pytest.param({"as_at": MUCH_LATER}, id="as at any moment"),
    ],
)
def test_a_board_that_was_never_made_is_not_found(event_sourced, boards, limit):
    with pytest.raises(event_sourced.BoardNotFoundError, match="board-77"):
        boards.get("board-77", **limit)


@pytest.mark.usefixtures("tuesday")
@pytest.mark.parametrize(
    "limit",
    [
        pytest.param({"at_version": 2}, id="counted in versions"),
        pytest.param({"as_at": MUCH_LATER}, id="counted in time"),
    ],
)
def test_what_happened_to_another_board_does_not_count(named, boards, limit):
    named(("Sales", MUCH_LATER - 2 * HOUR), ("Orders", MUCH_LATER - HOUR), board_id="board-2")

    board = boards.get("board-2", **limit)

    assert (board.id, board.name, board.version) == ("board-2", "Orders", 2)


# As at a moment


def test_as_at_every_moment_the_board_tells_what_it_told_then(event_sourced, boards, clock):
    told = a_day(event_sourced, boards, clock)
    moments = [TUESDAY_NOON + MINUTE * n for n in range(len(told))]

    past = [boards.get("board-1", as_at=moment + MINUTE / 2) for moment in moments]

    assert [(board.version, lines_of(board)) for board in past] == told


@pytest.mark.usefixtures("tuesday")
@pytest.mark.parametrize(
    ("moment", "name"),
    [
        pytest.param(TUESDAY_NOON, "Support", id="noon, when it was made"),
        pytest.param(TWO_O_CLOCK, "Help desk", id="two, when it was renamed"),
        pytest.param(FOUR_O_CLOCK, "Service", id="four, when it was renamed again"),
    ],
)
def test_what_was_recorded_at_the_very_moment_counts(boards, moment, name):
    assert boards.get("board-1", as_at=moment).name == name


@pytest.mark.usefixtures("tuesday")
@pytest.mark.parametrize(
    ("moment", "name"),
    [
        pytest.param(TWO_O_CLOCK - MICROSECOND, "Support", id="before two"),
        pytest.param(FOUR_O_CLOCK - MICROSECOND, "Help desk", id="before four"),
    ],
)
def test_what_was_recorded_a_microsecond_later_does_not_count(boards, moment, name):
    assert boards.get("board-1", as_at=moment).name == name


@pytest.mark.usefixtures("tuesday")
@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(TUESDAY_NOON - MICROSECOND, id="a microsecond before"),
        pytest.param(TUESDAY_NOON - 365 * 24 * HOUR, id="a year before"),
    ],
)
def test_before_it_was_made_the_board_is_not_found(event_sourced, boards, moment):
    with pytest.raises(event_sourced.BoardNotFoundError, match="board-1"):
        boards.get("board-1", as_at=moment)


@pytest.mark.usefixtures("tuesday")
def test_long_after_its_last_event_the_board_is_as_that_event_left_it(boards):
    assert boards.get("board-1", as_at=MUCH_LATER).name == "Service"


def test_microseconds_tell_two_moments_apart(named, boards):
    at_1, at_2, at_3 = (TUESDAY_NOON + n * MICROSECOND for n in (1, 2, 3))
    named(("Support", at_1), ("Help desk", at_2), ("Service", at_3))

    names = [boards.get("board-1", as_at=moment).name for moment in (at_1, at_2, at_3)]

    assert names == ["Support", "Help desk", "Service"]


def test_all_that_was_recorded_in_the_same_microsecond_counts(named, boards):
    named(("Support", TUESDAY_NOON), ("Help desk", TUESDAY_NOON), ("Service", TUESDAY_NOON))

    board = boards.get("board-1", as_at=TUESDAY_NOON)

    assert (board.name, board.version) == ("Service", 3)


# Clocks and zones


@pytest.mark.usefixtures("tuesday")
def test_a_moment_without_a_time_zone_is_refused(boards):
    with pytest.raises(ValueError):
        boards.get("board-1", as_at=TWO_O_CLOCK.replace(tzinfo=None))


@pytest.mark.usefixtures("tuesday")
@pytest.mark.parametrize(
    "zone",
    [
        pytest.param(timezone(timedelta(hours=9)), id="Tokyo"),
        pytest.param(timezone(timedelta(hours=5, minutes=45)), id="Kathmandu"),
        pytest.param(timezone(timedelta(hours=-4)), id="New York"),
    ],
)
def test_a_moment_may_be_told_by_the_clocks_of(boards, zone):
    moments = [moment.astimezone(zone) for moment in (TWO_O_CLOCK - MICROSECOND, TWO_O_CLOCK)]

    names = [boards.get("board-1", as_at=moment).name for moment in moments]

    assert names == ["Support", "Help desk"]


@pytest.mark.parametrize(
    ("offset", "name"),
    [
        pytest.param(+1, "Support", id="for the first time, in summer time"),
        pytest.param(+0, "Service", id="for the second time, in winter time"),
    ],
)
def test_in_the_night_when_clocks_go_back_it_is_half_past_one(named, boards, offset, name):
    midnight = datetime(2024, 10, 27, tzinfo=UTC)  # one o'clock in London, and at one it is one
    named(
        ("Support", midnight + 20 * MINUTE),  # London's clocks say 01:20
        ("Help desk", midnight + 50 * MINUTE),  # 01:50
        ("Service", midnight + 80 * MINUTE),  # and 01:20 again
    )

    half_past_one = datetime(2024, 10, 27, 1, 30, tzinfo=timezone(timedelta(hours=offset)))

    assert boards.get("board-1", as_at=half_past_one).name == name


# At a version and as at a moment


@pytest.mark.usefixtures("tuesday")
def test_a_version_that_the_board_had_left_by_then_is_shown(boards):
    assert boards.get("board-1", at_version=2, as_at=FOUR_O_CLOCK).name == "Help desk"


@pytest.mark.usefixtures("tuesday")
def test_a_version_that_the_board_had_not_come_to_by_then_is_not_found(event_sourced, boards):
    with pytest.raises(event_sourced.BoardNotFoundError, match="board-1"):
        boards.get("board-1", at_version=3, as_at=TWO_O_CLOCK)


# A board that was discarded


def test_a_discarded_board_is_shown_as_it_was_before(event_sourced, boards, clock):
    told = a_day(event_sourced, boards, clock)
    board = boards.get("board-1")
    board.discard()
    boards.save(board)

    assert lines_of(boards.get("board-1", at_version=len(told))) == told[-1][1]


def test_at_the_version_of_its_discarding_the_board_is_discarded(event_sourced, boards, tuesday):
    board = boards.get("board-1")
    board.discard()
    boards.save(board)

    past = boards.get("board-1", at_version=4)

    assert past.id == "board-1"
    with pytest.raises(event_sourced.DiscardedEntityError):
        past.name  # noqa: B018  asking is what is refused


# The past does not change


COMMANDS = [
    pytest.param(lambda board, item: board.rename("Sales"), id="is not renamed"),
    pytest.param(lambda board, item: board.schedule(item), id="takes no item"),
    pytest.param(lambda board, item: board.discard(), id="is not discarded"),
]


@pytest.fixture
def past(event_sourced, events):
    """A board of the past, made of two events."""
    created = events.BoardCreated(board_id="board-1", name="Support", description="Broken things.")
    added = events.ColumnAdded(column_id="to-do", name="To do", wip_limit=None)
    return event_sourced.PastBoard.replay([created, added])


@pytest.mark.parametrize("command", COMMANDS)
def test_a_board_of_the_past(event_sourced, past, command):
    with pytest.raises(HistoricalCopyError, match="board-1"):
        command(past, item(event_sourced, "repair"))


@pytest.mark.parametrize("command", COMMANDS)
def test_when_it_has_refused_a_board_of_the_past(event_sourced, past, command):
    before = (lines_of(past), past.version, past.pending)

    with contextlib.suppress(HistoricalCopyError):
        command(past, item(event_sourced, "repair"))

    assert (lines_of(past), past.version, past.pending) == before


@pytest.mark.usefixtures("tuesday")
@pytest.mark.parametrize(
    "limit",
    [
        pytest.param({"at_version": 2}, id="asked for at an earlier version"),
        pytest.param({"as_at": TWO_O_CLOCK}, id="asked for as at an earlier moment"),
        pytest.param({"at_version": 3}, id="asked for at its newest version"),
        pytest.param({"as_at": MUCH_LATER}, id="asked for as at a moment after its last event"),
    ],
)
def test_a_board_is_not_changed_when_it_was(boards, limit):
    board = boards.get("board-1", **limit)

    with pytest.raises(HistoricalCopyError, match="board-1"):
        board.rename("Sales")


@pytest.mark.usefixtures("tuesday")
def test_to_save_a_board_of_the_past_records_nothing(boards, store):
    before = store.last_position()

    boards.save(boards.get("board-1", at_version=2))

    assert store.last_position() == before


@pytest.mark.usefixtures("tuesday")
def test_whoever_looks_at_the_past_can_go_on_with_the_present(boards):
    boards.get("board-1", at_version=1)
    board = boards.get("board-1")
    board.rename("Sales")
    boards.save(board)

    names = [boards.get("board-1", at_version=version).name for version in (1, 2, 3, 4)]

    assert names == ["Support", "Help desk", "Service", "Sales"]
