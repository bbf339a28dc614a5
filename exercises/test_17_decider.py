"""Step 17: deciding and evolving are two pure functions."""

import importlib
from copy import deepcopy
from types import SimpleNamespace

import pytest

from exercises import test_03_behaviour

TO_DO, DOING, DONE = "column-1", "column-2", "column-3"


@pytest.fixture
def decider():
    """The functions that you wrote, and the states and commands that go with them."""
    return importlib.import_module("exercises.event_sourced.decider")


BOARD = "board-1: Support. What is broken."
AS_USUAL = [
    BOARD,
    "column-1: To do, limit 2, item-1",
    "column-2: Doing, limit 3, item-2",
    "column-3: Done, limit None, item-3",
]


def usual_state(decider, to_do=2, doing=3, discarded=False):
    """The state of a board with three columns and three items; no event made it."""
    return decider.BoardState(
        board_id="board-1",
        name="Support",
        description="What is broken.",
        columns=tuple(
            decider.ColumnState(
                column_id=column_id, name=name, wip_limit=wip_limit, work_item_ids=(item,)
            )
            for column_id, name, wip_limit, item in [
                (TO_DO, "To do", to_do, "item-1"),
                (DOING, "Doing", doing, "item-2"),
                (DONE, "Done", None, "item-3"),
            ]
        ),
        discarded=discarded,
    )


def lines_of(state):
    """All that a state says, a line for the board and one for each column."""
    lines = [f"{state.board_id}: {state.name}. {state.description}"]
    lines += ["discarded"] if state.discarded else []
    for column in state.columns:
        said = [f"{column.column_id}: {column.name}", f"limit {column.wip_limit}"]
        lines.append(", ".join([*said, *column.work_item_ids]))
    return lines


def lines_of_board(board):
    """The same lines, told by a board of step 6."""
    lines = [f"{board.id}: {board.name}. {board.description}"]
    for column in board.columns:
        said = [f"{column.id}: {column.name}", f"limit {column.wip_limit}"]
        lines.append(", ".join([*said, *column.work_item_ids]))
    return lines


def states_of(decider, history):
    """The states after each of these events, one following from the other."""
    states = []
    state = decider.NO_BOARD
    for event in history:
        state = decider.evolve(state, event)
        states.append(state)
    return states


def a_month(event_sourced):
    """Work with a board of step 6; give its history, and what it told after each event."""
    repair = event_sourced.register_work_item("Fix the login", work_item_id="repair")
    report = event_sourced.register_work_item("Write the report", work_item_id="report")
    board = event_sourced.create_board("Support", "What is broken.", board_id="board-1")
    told = [lines_of_board(board)]
    for command in [
        lambda: board.add_column("To do", column_id="to-do", wip_limit=2),
        lambda: board.add_column("Done", column_id="done"),
        lambda: board.add_column("Shipped", column_id="shipped"),
        lambda: board.schedule(report),
        lambda: board.schedule(repair),
        lambda: board.insert_column_before("done", "Doing", column_id="doing", wip_limit=2),
        lambda: board.advance(repair),
        lambda: board.abandon(report),
        lambda: board.change_wip_limit("doing", 1),
        lambda: board.schedule(report),
        lambda: board.rename_column("to-do", "Next"),
        lambda: board.remove_column("shipped"),
        lambda: board.advance(repair),
        lambda: board.advance(report),
        lambda: board.retire(repair),
        lambda: board.describe("What people wait for."),
        lambda: board.rename("Help desk"),
    ]:
        command()
        told.append(lines_of_board(board))
    return list(board.pending), told


# Evolve: a state and an event give the next state


every_event = pytest.mark.parametrize(
    ("happened", "lines"),
    [
        pytest.param(
            lambda events: events.BoardRenamed(name="Helpdesk"),
            ["board-1: Helpdesk. What is broken.", *AS_USUAL[1:]],
            id="renamed",
        ),
        pytest.param(
            lambda events: events.BoardDescribed(description="What customers wait for."),
            ["board-1: Support. What customers wait for.", *AS_USUAL[1:]],
            id="described anew",
        ),
        pytest.param(
            lambda events: events.BoardDiscarded(),
            [BOARD, "discarded", *AS_USUAL[1:]],
            id="discarded",
        ),
        pytest.param(
            lambda events: events.ColumnAdded(column_id="column-4", name="Shipped", wip_limit=9),
            [*AS_USUAL, "column-4: Shipped, limit 9"],
            id="given a column",
        ),
        pytest.param(
            lambda events: events.ColumnInserted(
                column_id="column-4", following_id=DOING, name="Ready", wip_limit=None
            ),
            [*AS_USUAL[:2], "column-4: Ready, limit None", *AS_USUAL[2:]],
            id="given a column in between",
        ),
        pytest.param(
            lambda events: events.ColumnRenamed(column_id=DOING, name="In progress"),
            [*AS_USUAL[:2], "column-2: In progress, limit 3, item-2", AS_USUAL[3]],
            id="given another name for a column",
        ),
        pytest.param(
            lambda events: events.WipLimitChanged(column_id=DOING, wip_limit=0),
            [*AS_USUAL[:2], "column-2: Doing, limit 0, item-2", AS_USUAL[3]],
            id="given the limit 0",
        ),
        pytest.param(
            lambda events: events.WipLimitChanged(column_id=DOING, wip_limit=None),
            [*AS_USUAL[:2], "column-2: Doing, limit None, item-2", AS_USUAL[3]],
            id="relieved of a limit",
        ),
        pytest.param(
            lambda events: events.ColumnRemoved(column_id=DOING),
            [*AS_USUAL[:2], AS_USUAL[3]],
            id="relieved of a column",
        ),
        pytest.param(
            lambda events: events.WorkItemScheduled(work_item_id="item-0", column_id=TO_DO),
            [BOARD, "column-1: To do, limit 2, item-1, item-0", *AS_USUAL[2:]],
            id="given an item",
        ),
        pytest.param(
            lambda events: events.WorkItemAdvanced(
                work_item_id="item-1", from_column_id=TO_DO, to_column_id=DOING
            ),
            [
                BOARD,
                "column-1: To do, limit 2",
                "column-2: Doing, limit 3, item-2, item-1",
                AS_USUAL[3],
            ],
            id="told that an item advanced",
        ),
        pytest.param(
            lambda events: events.WorkItemAbandoned(work_item_id="item-2", column_id=DOING),
            [*AS_USUAL[:2], "column-2: Doing, limit 3", AS_USUAL[3]],
            id="told that an item was abandoned",
        ),
        pytest.param(
            lambda events: events.WorkItemRetired(work_item_id="item-3", column_id=DONE),
            [*AS_USUAL[:3], "column-3: Done, limit None"],
            id="told that an item was retired",
        ),
    ],
)


def test_a_created_board_has_the_id_the_name_and_the_description_of_the_event(decider, events):
    created = events.BoardCreated(board_id="board-1", name="Support", description="What is broken.")

    state = decider.evolve(decider.NO_BOARD, created)

    assert lines_of(state) == [BOARD]


@every_event
def test_the_next_state_is_that_of_a_board_that_was(decider, events, happened, lines):
    state = decider.evolve(usual_state(decider), happened(events))

    assert lines_of(state) == lines


@every_event
def test_the_state_before_stays_as_it_is_when_the_board_was(decider, events, happened, lines):
    before = usual_state(decider)

    decider.evolve(before, happened(events))

    assert lines_of(before) == AS_USUAL, "the next state is a new value"


@pytest.mark.parametrize(
    ("happened", "lines"),
    [
        pytest.param(
            lambda events: events.WorkItemScheduled(work_item_id="item-0", column_id=TO_DO),
            [BOARD, "column-1: To do, limit 1, item-1, item-0", *AS_USUAL[2:]],
            id="one item more than the limit says",
        ),
        pytest.param(
            lambda events: events.WorkItemAdvanced(
                work_item_id="item-2", from_column_id=DOING, to_column_id=TO_DO
            ),
            [
                BOARD,
                "column-1: To do, limit 1, item-1, item-2",
                "column-2: Doing, limit 3",
                AS_USUAL[3],
            ],
            id="an advance to a full column on the left",
        ),
        pytest.param(
            lambda events: events.WorkItemScheduled(work_item_id="item-0", column_id=DOING),
            [
                BOARD,
                "column-1: To do, limit 1, item-1",
                "column-2: Doing, limit 3, item-2, item-0",
                AS_USUAL[3],
            ],
            id="an entry by another column than the first",
        ),
        pytest.param(
            lambda events: events.WorkItemRetired(work_item_id="item-1", column_id=TO_DO),
            [BOARD, "column-1: To do, limit 1", *AS_USUAL[2:]],
            id="a retirement from the first column",
        ),
        pytest.param(
            lambda events: events.ColumnRemoved(column_id=DONE),
            [BOARD, "column-1: To do, limit 1, item-1", AS_USUAL[2]],
            id="the end of a column with items",
        ),
        pytest.param(
            lambda events: events.ColumnRenamed(column_id=DOING, name="Done"),
            [
                BOARD,
                "column-1: To do, limit 1, item-1",
                "column-2: Done, limit 3, item-2",
                AS_USUAL[3],
            ],
            id="another column's name",
        ),
    ],
)
def test_what_has_happened_is_not_refused_even_if_it_is(decider, events, happened, lines):
    state = decider.evolve(usual_state(decider, to_do=1), happened(events))

    assert lines_of(state) == lines, "an event is a fact: there is nothing left to decide"


def test_what_happened_to_a_discarded_board_is_not_refused_either(decider, events):
    renamed = events.BoardRenamed(name="Helpdesk")

    state = decider.evolve(usual_state(decider, discarded=True), renamed)

    assert lines_of(state)[:2] == ["board-1: Helpdesk. What is broken.", "discarded"]


def test_what_is_no_event_of_a_board_is_not_passed_over(decider, events):
    with pytest.raises(AssertionError):
        decider.evolve(usual_state(decider), events.WorkItemDiscarded())


def test_after_each_event_of_a_history_the_state_says_what_your_board_told(decider, event_sourced):
    history, told = a_month(event_sourced)

    states = states_of(decider, history)

    assert [lines_of(state) for state in states] == told


def test_every_state_of_a_history_can_be_kept_while_others_follow(decider, event_sourced):
    history, _ = a_month(event_sourced)
    said = []

    state = decider.NO_BOARD
    states = []
    for event in history:
        state = decider.evolve(state, event)
        states.append(state)
        said.append(lines_of(state))

    assert [lines_of(state) for state in states] == said, "a state was changed by a later event"


def test_every_state_of_a_history_is_a_value_all_the_way_down(decider, event_sourced):
    history, _ = a_month(event_sourced)

    for state in states_of(decider, history):
        try:
            hash(state)
        except TypeError as error:
            pytest.fail(f"something in this state can be changed ({error}): {lines_of(state)}")


# Decide: a command and a state give events


every_command = pytest.mark.parametrize(
    ("command", "event"),
    [
        pytest.param(
            lambda decider: decider.RenameColumn(column_id=DOING, name=" In progress\n"),
            lambda events: events.ColumnRenamed(column_id=DOING, name="In progress"),
            id="to rename a column",
        ),
        pytest.param(
            lambda decider: decider.ScheduleWorkItem(work_item_id="item-0"),
            lambda events: events.WorkItemScheduled(work_item_id="item-0", column_id=TO_DO),
            id="to schedule an item",
        ),
        pytest.param(
            lambda decider: decider.AdvanceWorkItem(work_item_id="item-1"),
            lambda events: events.WorkItemAdvanced(
                work_item_id="item-1", from_column_id=TO_DO, to_column_id=DOING
            ),
            id="to advance an item",
        ),
        pytest.param(
            lambda decider: decider.AbandonWorkItem(work_item_id="item-2"),
            lambda events: events.WorkItemAbandoned(work_item_id="item-2", column_id=DOING),
            id="to abandon an item",
        ),
        pytest.param(
            lambda decider: decider.RetireWorkItem(work_item_id="item-3"),
            lambda events: events.WorkItemRetired(work_item_id="item-3", column_id=DONE),
            id="to retire an item",
        ),
    ],
)


@every_command
def test_one_event_follows_from_the_command(decider, events, command, event):
    decided = decider.decide(command(decider), usual_state(decider))

    assert decided == [event(events)]


@pytest.mark.parametrize(
    "name", [pytest.param("Doing", id="as it is"), pytest.param(" Doing\n", id="with spaces")]
)
def test_no_event_follows_when_a_column_is_given_the_name_that_it_has(decider, name):
    rename = decider.RenameColumn(column_id=DOING, name=name)

    decided = decider.decide(rename, usual_state(decider))

    assert decided == [], "nothing is new, and nothing is refused"


def test_the_answer_is_a_list_even_when_nothing_is_new(decider):
    rename = decider.RenameColumn(column_id=DOING, name="Doing")

    decided = decider.decide(rename, usual_state(decider))

    assert isinstance(decided, list), "whoever asked goes through the events, however many"


@every_command
def test_the_next_state_is_not_what_follows_from_the_command(decider, command, event):
    decided = decider.decide(command(decider), usual_state(decider))

    assert not isinstance(decided, decider.BoardState), "`evolve` makes states, `decide` events"


every_refusal = pytest.mark.parametrize(
    ("command", "error"),
    [
        pytest.param(
            lambda decider: decider.RenameColumn(column_id=DOING, name="Done"),
            "ConstraintError",
            id="to give a name twice",
        ),
        pytest.param(
            lambda decider: decider.RenameColumn(column_id=DOING, name=" Done\n"),
            "ConstraintError",
            id="to give a name twice with spaces around it",
        ),
        pytest.param(
            lambda decider: decider.RenameColumn(column_id=DOING, name="  "),
            "ValueError",
            id="to give a blank name",
        ),
        pytest.param(
            lambda decider: decider.RenameColumn(column_id="archive", name="Doing"),
            "ColumnNotFoundError",
            id="to rename a column that is not there",
        ),
        pytest.param(
            lambda decider: decider.ScheduleWorkItem(work_item_id="item-3"),
            "ConstraintError",
            id="to schedule an item that is on the board",
        ),
        pytest.param(
            lambda decider: decider.ScheduleWorkItem(work_item_id="item-0"),
            "WorkLimitError",
            id="to schedule into a full column",
        ),
        pytest.param(
            lambda decider: decider.AdvanceWorkItem(work_item_id="item-1"),
            "WorkLimitError",
            id="to advance into a full column",
        ),
        pytest.param(
            lambda decider: decider.AdvanceWorkItem(work_item_id="item-3"),
            "ConstraintError",
            id="to advance beyond the last column",
        ),
        pytest.param(
            lambda decider: decider.AdvanceWorkItem(work_item_id="item-0"),
            "WorkItemNotFoundError",
            id="to advance an item that is not there",
        ),
        pytest.param(
            lambda decider: decider.AbandonWorkItem(work_item_id="item-0"),
            "WorkItemNotFoundError",
            id="to abandon an item that is not there",
        ),
        pytest.param(
            lambda decider: decider.RetireWorkItem(work_item_id="item-2"),
            "ConstraintError",
            id="to retire from a column in the middle",
        ),
        pytest.param(
            lambda decider: decider.RetireWorkItem(work_item_id="item-0"),
            "WorkItemNotFoundError",
            id="to retire an item that is not there",
        ),
    ],
)


def error_called(event_sourced, name):
    """One of the domain's errors, or Python's own `ValueError`."""
    return getattr(event_sourced, name, ValueError)


@every_refusal
def test_the_command_is_refused(decider, event_sourced, command, error):
    state = usual_state(decider, to_do=1, doing=1)

    with pytest.raises(error_called(event_sourced, error)) as refusal:
        decider.decide(command(decider), state)

    for_want_of_room = isinstance(refusal.value, event_sourced.WorkLimitError)
    assert for_want_of_room == (error == "WorkLimitError"), "is the column full, or is it not?"


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(
            lambda decider: decider.RenameColumn(column_id="archive", name="  "),
            id="to rename a column",
        ),
        pytest.param(
            lambda decider: decider.RenameColumn(column_id=DOING, name="Doing"),
            id="to give a column the name that it has",
        ),
        pytest.param(
            lambda decider: decider.ScheduleWorkItem(work_item_id="item-1"),
            id="to schedule an item",
        ),
        pytest.param(
            lambda decider: decider.AdvanceWorkItem(work_item_id="item-0"),
            id="to advance an item",
        ),
        pytest.param(
            lambda decider: decider.AbandonWorkItem(work_item_id="item-1"),
            id="to abandon an item",
        ),
        pytest.param(
            lambda decider: decider.RetireWorkItem(work_item_id="item-3"),
            id="to retire an item",
        ),
    ],
)
def test_a_discarded_board_refuses_before_anything_else(decider, event_sourced, command):
    discarded = usual_state(decider, discarded=True)

    with pytest.raises(event_sourced.DiscardedEntityError) as refusal:
        decider.decide(command(decider), discarded)

    assert (refusal.value.kind, refusal.value.entity_id) == ("board", "board-1")


@every_command
def test_nothing_is_changed_by_the_decision(decider, command, event):
    asked, state = command(decider), usual_state(decider)
    before = deepcopy(asked)

    decider.decide(asked, state)

    assert lines_of(state) == AS_USUAL, "the state itself is what `evolve` makes of the events"
    assert asked == before, "the command is still what somebody wanted"


@every_refusal
def test_nothing_is_changed_by_the_refusal(decider, event_sourced, command, error):
    state = usual_state(decider, to_do=1, doing=1)
    before = lines_of(state)

    with pytest.raises(error_called(event_sourced, error)):
        decider.decide(command(decider), state)

    assert lines_of(state) == before


@every_command
def test_whoever_asks_again_gets_the_same_answer(decider, events, command, event):
    state = usual_state(decider)

    first = list(decider.decide(command(decider), state))
    again = list(decider.decide(command(decider), state))

    assert again == first, "nobody has done anything yet: it was a question"


@pytest.mark.parametrize(
    "limit", [pytest.param(None, id="no limit"), pytest.param(2, id="the limit 2")]
)
def test_there_would_have_been_room_with(decider, events, limit):
    advance = decider.AdvanceWorkItem(work_item_id="item-1")

    decided = decider.decide(advance, usual_state(decider, doing=limit))

    assert decided == [
        events.WorkItemAdvanced(work_item_id="item-1", from_column_id=TO_DO, to_column_id=DOING)
    ]


@pytest.mark.parametrize("limit", [0, 1], ids="the limit {}".format)
def test_there_would_have_been_no_room_with(decider, event_sourced, limit):
    advance = decider.AdvanceWorkItem(work_item_id="item-1")

    with pytest.raises(event_sourced.WorkLimitError):
        decider.decide(advance, usual_state(decider, doing=limit))


def test_what_is_no_command_is_not_passed_over(decider, events):
    happened = events.WorkItemScheduled(work_item_id="item-0", column_id=TO_DO)

    with pytest.raises(AssertionError):
        decider.decide(happened, usual_state(decider))


# Fold: a history gives a state


def test_a_history_gives_the_state_that_your_board_told(decider, event_sourced):
    history, told = a_month(event_sourced)

    assert lines_of(decider.fold(history)) == told[-1]


def test_a_shorter_history_gives_the_state_of_an_earlier_moment(decider, event_sourced):
    history, told = a_month(event_sourced)

    states = [decider.fold(history[: n + 1]) for n in range(len(history))]

    assert [lines_of(state) for state in states] == told


def test_one_event_gives_a_state(decider, events):
    created = events.BoardCreated(board_id="board-1", name="Support", description="What is broken.")

    assert lines_of(decider.fold([created])) == [BOARD]


@pytest.mark.parametrize(
    "nothing",
    [
        pytest.param(list, id="an empty list"),
        pytest.param(lambda: iter([]), id="a source without events"),
    ],
)
def test_there_is_no_board_after(decider, nothing):
    assert decider.fold(nothing()) == decider.NO_BOARD


@pytest.mark.parametrize(
    "given_as",
    [
        pytest.param(tuple, id="a tuple"),
        pytest.param(iter, id="events that arrive one by one"),
    ],
)
def test_a_history_may_be(decider, event_sourced, given_as):
    history, told = a_month(event_sourced)

    assert lines_of(decider.fold(given_as(history))) == told[-1]


def test_what_happened_twice_counts_twice(decider, events):
    created = events.BoardCreated(board_id="board-1", name="Support", description="What is broken.")
    to_do = events.ColumnAdded(column_id=TO_DO, name="To do", wip_limit=None)
    scheduled = events.WorkItemScheduled(work_item_id="item-1", column_id=TO_DO)
    abandoned = events.WorkItemAbandoned(work_item_id="item-1", column_id=TO_DO)

    state = decider.fold([created, to_do, scheduled, abandoned, scheduled])

    assert lines_of(state) == [BOARD, "column-1: To do, limit None, item-1"]


def test_a_history_is_the_same_after_the_fold(decider, event_sourced):
    history, _ = a_month(event_sourced)
    before = list(history)

    decider.fold(history)

    assert history == before


# The shell: a board that leaves its decisions to your functions


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("a_scheduled_item_enters_the_first_column", id="of a scheduled item"),
        pytest.param("an_advanced_item_moves_one_column", id="of an advanced item"),
        pytest.param("a_full_column_refuses_another_item", id="of a full column"),
        pytest.param("the_same_name_is_nothing_new", id="of the same name"),
    ],
)
def test_the_board_that_decides_by_your_functions_meets_the_specification(decider, name):
    # A specification would report a blank as a broken promise; asked here, it says so itself.
    decider.decide(decider.AbandonWorkItem(work_item_id="item-2"), usual_state(decider))
    specifications = importlib.import_module("exercises.event_sourced.specifications")

    getattr(specifications, name)(decider.DecidedBoard)


@pytest.fixture
def domain(event_sourced, decider):
    """Your event-sourced model, in which a new board decides by your functions."""

    def create_board(name, description, *, board_id="board-1"):
        board = decider.DecidedBoard()
        board.record(
            event_sourced.events.BoardCreated(board_id=board_id, name=name, description=description)
        )
        return board

    return SimpleNamespace(**{**vars(event_sourced), "create_board": create_board})


# What step 3 says of boards, word for word.

for name, sentence in vars(test_03_behaviour).items():
    if name.startswith("test_"):
        globals()[name.replace("test_", "test_as_in_step_3_", 1)] = sentence
