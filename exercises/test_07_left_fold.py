"""Step 7: current state is a left fold over history."""

import importlib

import pytest


@pytest.fixture
def specifications():
    """The specifications that you wrote."""
    return importlib.import_module("exercises.event_sourced.specifications")


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


def a_day(event_sourced):
    """Work with a board; give its history, and what it told after each of the events."""
    repair = item(event_sourced, "repair")
    report = item(event_sourced, "report")
    board = event_sourced.create_board("Support", "What is broken.", board_id="board-1")
    told = [lines_of(board)]
    for command in [
        lambda: board.add_column("To do", column_id="to-do", wip_limit=2),
        lambda: board.add_column("Done", column_id="done"),
        lambda: board.schedule(report),
        lambda: board.schedule(repair),
        lambda: board.insert_column_before("done", "Doing", column_id="doing", wip_limit=2),
        lambda: board.advance(repair),
        lambda: board.abandon(report),
        lambda: board.change_wip_limit("doing", 1),
        lambda: board.schedule(report),
        lambda: board.rename_column("to-do", "Next"),
        lambda: board.describe("What people wait for."),
        lambda: board.rename("Help desk"),
    ]:
        command()
        told.append(lines_of(board))
    return list(board.pending), told


def created(events):
    """The event that every history of a board begins with."""
    return events.BoardCreated(board_id="board-1", name="Support", description="What is broken.")


def with_a_column(events, wip_limit=None):
    """Give the shortest history of a board that can take items."""
    return [
        created(events),
        events.ColumnAdded(column_id="to-do", name="To do", wip_limit=wip_limit),
    ]


# The board that a history made


def test_a_replayed_board_tells_all_that_the_board_told(event_sourced):
    history, told = a_day(event_sourced)

    board = event_sourced.Board.replay(history)

    assert lines_of(board) == told[-1]


def test_one_event_is_history_enough(event_sourced, events):
    board = event_sourced.Board.replay([created(events)])

    assert lines_of(board) == ["board-1: Support. What is broken."]


def test_a_shorter_history_makes_the_board_of_an_earlier_moment(event_sourced):
    history, told = a_day(event_sourced)

    boards = [event_sourced.Board.replay(history[: n + 1]) for n in range(len(history))]

    assert [lines_of(board) for board in boards] == told


def test_a_discarded_board_is_discarded_after_the_replay(event_sourced, events):
    board = event_sourced.Board.replay([created(events), events.BoardDiscarded()])

    with pytest.raises(event_sourced.DiscardedEntityError, match="board-1"):
        board.rename("Help desk")


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["Ideas", "Bugs"], id="Ideas, then Bugs"),
        pytest.param(["Bugs", "Ideas"], id="Bugs, then Ideas"),
    ],
)
def test_the_last_of_two_new_names_is_the_name(event_sourced, events, names):
    renamed = [events.BoardRenamed(name=name) for name in names]

    board = event_sourced.Board.replay([created(events), *renamed])

    assert board.name == names[-1], "events count in the order in which they are given"


def test_what_happened_twice_is_applied_twice(event_sourced, events):
    scheduled = events.WorkItemScheduled(work_item_id="repair", column_id="to-do")
    abandoned = events.WorkItemAbandoned(work_item_id="repair", column_id="to-do")

    board = event_sourced.Board.replay([*with_a_column(events), scheduled, abandoned, scheduled])

    assert board.column("to-do").work_item_ids == ("repair",)


def test_what_happened_is_not_judged_again(event_sourced, events):
    scheduled = [
        events.WorkItemScheduled(work_item_id=work_item_id, column_id="to-do")
        for work_item_id in ("repair", "report")
    ]

    board = event_sourced.Board.replay([*with_a_column(events, wip_limit=1), *scheduled])

    assert board.column("to-do").work_item_ids == ("repair", "report")


# What counts as a history


@pytest.mark.parametrize(
    "given_as",
    [
        pytest.param(tuple, id="a tuple"),
        pytest.param(iter, id="events that arrive one by one"),
    ],
)
def test_a_history_may_be(event_sourced, given_as):
    history, told = a_day(event_sourced)

    board = event_sourced.Board.replay(given_as(history))

    assert (lines_of(board), board.version) == (told[-1], len(history))


@pytest.mark.parametrize(
    "nothing",
    [
        pytest.param(list, id="an empty list"),
        pytest.param(lambda: iter([]), id="a source without events"),
    ],
)
def test_no_board_is_made_from(event_sourced, nothing):
    with pytest.raises(ValueError):
        event_sourced.Board.replay(nothing())


def test_what_is_no_event_of_a_board_is_not_passed_over(event_sourced, events):
    history = [*with_a_column(events), events.WorkItemDiscarded(), events.BoardRenamed(name="Bugs")]

    with pytest.raises(AssertionError):
        event_sourced.Board.replay(history)


def test_a_history_is_the_same_after_the_replay(event_sourced):
    history, _ = a_day(event_sourced)
    before = list(history)

    event_sourced.Board.replay(history)

    assert history == before


# Going on from there


def test_nothing_is_pending_after_a_replay(event_sourced):
    history, _ = a_day(event_sourced)

    board = event_sourced.Board.replay(history)

    assert board.pending == (), "these events were kept by somebody, or they could not be replayed"


@pytest.mark.parametrize("count", [pytest.param(1, id="1 event"), pytest.param(13, id="13 events")])
def test_the_version_of_a_replayed_board_counts(event_sourced, count):
    history, _ = a_day(event_sourced)

    board = event_sourced.Board.replay(history[:count])

    assert board.version == count


def test_a_command_after_the_replay_is_all_that_is_pending(event_sourced, events):
    history, _ = a_day(event_sourced)
    board = event_sourced.Board.replay(history)

    board.rename("Bugs")

    assert board.pending == (events.BoardRenamed(name="Bugs"),)


def test_a_command_after_the_replay_counts_on(event_sourced):
    history, _ = a_day(event_sourced)
    board = event_sourced.Board.replay(history)

    board.rename("Bugs")

    assert board.version == len(history) + 1


def test_a_column_that_was_full_is_full_after_the_replay(event_sourced, events):
    scheduled = events.WorkItemScheduled(work_item_id="repair", column_id="to-do")
    board = event_sourced.Board.replay([*with_a_column(events, wip_limit=1), scheduled])

    with pytest.raises(event_sourced.WorkLimitError):
        board.schedule(item(event_sourced, "report"))


def test_what_happens_to_one_replayed_board_does_not_happen_to_another(event_sourced):
    history, told = a_day(event_sourced)
    board = event_sourced.Board.replay(history)
    other = event_sourced.Board.replay(history)

    board.rename("Bugs")

    assert (lines_of(other), other.pending) == (told[-1], ())


def test_a_class_that_extends_the_board_replays_to_its_own_kind(event_sourced, events):
    class SupportBoard(event_sourced.Board):
        pass

    board = SupportBoard.replay([created(events)])

    assert type(board).__name__ == "SupportBoard"


# The specifications, shown to your board and to boards that break a promise


@pytest.fixture
def reliable(event_sourced):
    """Your board, with a replay to rely on: here the specifications are judged, and not yours."""

    class Board(event_sourced.Board):
        @classmethod
        def replay(cls, history):
            board = cls()
            for event in history:
                board.record(event)
            board.mark_saved()
            return board

    return Board


def accepts(specification, board_type):
    """Whether nothing in the specification objects to boards of this class."""
    try:
        specification(board_type)
    except NotImplementedError:
        raise
    except (Exception, pytest.fail.Exception):
        return False
    return True


every_specification = pytest.mark.parametrize(
    "name",
    [
        pytest.param("an_advanced_item_moves_one_column", id="of an advanced item"),
        pytest.param("a_full_column_refuses_another_item", id="of a full column"),
        pytest.param("the_same_name_is_nothing_new", id="of the same name"),
    ],
)


@every_specification
def test_your_board_meets_the_specification(event_sourced, specifications, name):
    getattr(specifications, name)(event_sourced.Board)


@every_specification
def test_a_board_of_the_class_that_is_given_is_made_by_the_specification(
    specifications, reliable, name
):
    made = []

    class Board(reliable):
        def __init__(self):
            super().__init__()
            made.append(self)

    accepts(getattr(specifications, name), Board)

    assert made, "your specification makes no board of the class that it is given"


def turned_round(events, happened):
    """The same move of the same item, in the other direction."""
    return events.WorkItemAdvanced(
        work_item_id=happened.work_item_id,
        from_column_id=happened.to_column_id,
        to_column_id=happened.from_column_id,
    )


def of_another_item(events, happened):
    """The same move of an item that nobody spoke of."""
    return events.WorkItemAdvanced(
        work_item_id="item-77",
        from_column_id=happened.from_column_id,
        to_column_id=happened.to_column_id,
    )


@pytest.mark.parametrize(
    "tell",
    [
        pytest.param(lambda events, happened: [], id="keeps no event of it"),
        pytest.param(lambda events, happened: [happened, happened], id="tells it twice"),
        pytest.param(
            lambda events, happened: [turned_round(events, happened)],
            id="tells the columns the wrong way round",
        ),
        pytest.param(
            lambda events, happened: [of_another_item(events, happened)],
            id="tells it of another item",
        ),
    ],
)
def test_the_specification_of_an_advanced_item_refuses_a_board_that(
    specifications, reliable, events, tell
):
    class Board(reliable):
        @property
        def pending(self):
            return tuple(told for happened in super().pending for told in tell(events, happened))

    accepted = accepts(specifications.an_advanced_item_moves_one_column, Board)
    assert not accepted, "your specification accepts a board that breaks the promise"


def test_the_specification_of_an_advanced_item_refuses_a_board_that_does_nothing(
    specifications, reliable
):
    class Board(reliable):
        def advance(self, item):
            pass

    accepted = accepts(specifications.an_advanced_item_moves_one_column, Board)
    assert not accepted, "your specification accepts a board that breaks the promise"


def takes_any_number(event_sourced, column, item):
    """No limit at all."""


def takes_one_too_many(event_sourced, column, item):
    """A limit that is noticed when it is exceeded already."""
    if len(column.work_item_ids) > column.wip_limit:
        raise event_sourced.WorkLimitError(column.name, column.wip_limit, item.id)


def does_not_say_that_it_is_full(event_sourced, column, item):
    """The right limit, and an error that does not say which rule it was."""
    if len(column.work_item_ids) >= column.wip_limit:
        raise event_sourced.ConstraintError(f"There is no room for {item.id!r}.")


@pytest.mark.parametrize(
    "check",
    [
        pytest.param(takes_any_number, id="takes any number of items"),
        pytest.param(takes_one_too_many, id="takes one item too many"),
        pytest.param(does_not_say_that_it_is_full, id="refuses with a plain ConstraintError"),
    ],
)
def test_the_specification_of_a_full_column_refuses_a_board_that(
    event_sourced, events, specifications, reliable, check
):
    class Board(reliable):
        def schedule(self, item):
            first = self.columns[0]
            check(event_sourced, first, item)
            self.record(events.WorkItemScheduled(work_item_id=item.id, column_id=first.id))

    accepted = accepts(specifications.a_full_column_refuses_another_item, Board)
    assert not accepted, "your specification accepts a board that breaks the promise"


def records_it(event_sourced, events, board, column_id, name):
    """An event, though nothing is new."""
    board.record(events.ColumnRenamed(column_id=column_id, name=name.strip()))


def refuses_it(event_sourced, events, board, column_id, name):
    """A column that stands in its own way."""
    raise event_sourced.ConstraintError(f"There is a column {name!r}.")


@pytest.mark.parametrize(
    "rename",
    [
        pytest.param(records_it, id="records an event"),
        pytest.param(refuses_it, id="refuses the name"),
    ],
)
def test_the_specification_of_the_same_name_refuses_a_board_that(
    event_sourced, events, specifications, reliable, rename
):
    class Board(reliable):
        def rename_column(self, column_id, name):
            rename(event_sourced, events, self, column_id, name)

    accepted = accepts(specifications.the_same_name_is_nothing_new, Board)
    assert not accepted, "your specification accepts a board that breaks the promise"
