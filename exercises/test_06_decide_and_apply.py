"""Step 6: a command decides and records; only applying changes state."""

import pytest

from exercises import test_02_invariants, test_03_behaviour

TO_DO, DOING, DONE = "column-1", "column-2", "column-3"


@pytest.fixture
def domain(event_sourced):
    """Your event-sourced model, where the first part has your domain model."""
    return event_sourced


def history_of(events):
    """The events of a board with three columns and three items; no command made them."""
    return [
        events.BoardCreated(board_id="board-1", name="Support", description="What is broken."),
        events.ColumnAdded(column_id=TO_DO, name="To do", wip_limit=2),
        events.ColumnAdded(column_id=DONE, name="Done", wip_limit=None),
        events.ColumnInserted(column_id=DOING, following_id=DONE, name="Doing", wip_limit=3),
        events.WorkItemScheduled(work_item_id="item-3", column_id=TO_DO),
        events.WorkItemAdvanced(work_item_id="item-3", from_column_id=TO_DO, to_column_id=DOING),
        events.WorkItemAdvanced(work_item_id="item-3", from_column_id=DOING, to_column_id=DONE),
        events.WorkItemScheduled(work_item_id="item-2", column_id=TO_DO),
        events.WorkItemAdvanced(work_item_id="item-2", from_column_id=TO_DO, to_column_id=DOING),
        events.WorkItemScheduled(work_item_id="item-1", column_id=TO_DO),
    ]


BOARD = "board-1: Support. What is broken."
AS_USUAL = [
    BOARD,
    "column-1: To do, limit 2, item-1",
    "column-2: Doing, limit 3, item-2",
    "column-3: Done, limit None, item-3",
]


def lines_of(board):
    """All that a board tells about itself, a line for the board and one for each column."""
    lines = [f"{board.id}: {board.name}. {board.description}"]
    for column in board.columns:
        told = [f"{column.id}: {column.name}", f"limit {column.wip_limit}", *column.work_item_ids]
        lines.append(", ".join(told))
    return lines


def made_of(history, board):
    """Apply these events to a board, one after the other; give the board back."""
    for event in history:
        board.apply(event)
    return board


def usual_board(domain, events):
    """Make the board that has this history; nothing of it is pending."""
    return made_of(history_of(events), domain.Board())


def item(domain, work_item_id):
    """An item of this id, made anew each time: the board has to know it by its id."""
    return domain.register_work_item("Fix the login", work_item_id=work_item_id)


# Applying an event


def test_events_make_a_board_without_any_command(domain, events):
    board = made_of(history_of(events), domain.Board())

    assert lines_of(board) == AS_USUAL


@pytest.mark.parametrize(
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
            lambda events: events.WipLimitChanged(column_id=DOING, wip_limit=1),
            [*AS_USUAL[:2], "column-2: Doing, limit 1, item-2", AS_USUAL[3]],
            id="given another limit",
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
def test_a_board_is_changed_by_one_event_when_it_is(domain, events, happened, lines):
    board = usual_board(domain, events)

    board.apply(happened(events))

    assert lines_of(board) == lines


def test_a_board_is_in_use_no_more_when_the_event_says_that_it_was_discarded(domain, events):
    board = usual_board(domain, events)

    board.apply(events.BoardDiscarded())

    with pytest.raises(domain.DiscardedEntityError):
        board.check_in_use()


@pytest.mark.parametrize(
    ("happened", "lines"),
    [
        pytest.param(
            lambda events: [
                events.WorkItemScheduled(work_item_id="item-0", column_id=TO_DO),
                events.WorkItemScheduled(work_item_id="item-9", column_id=TO_DO),
            ],
            [BOARD, "column-1: To do, limit 2, item-1, item-0, item-9", *AS_USUAL[2:]],
            id="more items than the limit says",
        ),
        pytest.param(
            lambda events: [
                events.WipLimitChanged(column_id=DOING, wip_limit=1),
                events.WorkItemAdvanced(
                    work_item_id="item-1", from_column_id=TO_DO, to_column_id=DOING
                ),
            ],
            [
                BOARD,
                "column-1: To do, limit 2",
                "column-2: Doing, limit 1, item-2, item-1",
                AS_USUAL[3],
            ],
            id="an advance into a full column",
        ),
        pytest.param(
            lambda events: [events.WorkItemScheduled(work_item_id="item-0", column_id=DOING)],
            [*AS_USUAL[:2], "column-2: Doing, limit 3, item-2, item-0", AS_USUAL[3]],
            id="an entry by another column than the first",
        ),
        pytest.param(
            lambda events: [
                events.WorkItemAdvanced(
                    work_item_id="item-1", from_column_id=TO_DO, to_column_id=DONE
                )
            ],
            [
                BOARD,
                "column-1: To do, limit 2",
                AS_USUAL[2],
                "column-3: Done, limit None, item-3, item-1",
            ],
            id="an advance over two columns",
        ),
        pytest.param(
            lambda events: [events.WorkItemRetired(work_item_id="item-1", column_id=TO_DO)],
            [BOARD, "column-1: To do, limit 2", *AS_USUAL[2:]],
            id="a retirement from the first column",
        ),
        pytest.param(
            lambda events: [events.ColumnRemoved(column_id=DONE)],
            AS_USUAL[:3],
            id="the end of a column with items",
        ),
        pytest.param(
            lambda events: [events.ColumnAdded(column_id="column-4", name="Done", wip_limit=-1)],
            [*AS_USUAL, "column-4: Done, limit -1"],
            id="a second Done with a limit below 0",
        ),
        pytest.param(
            lambda events: [events.ColumnRenamed(column_id=DOING, name="Done")],
            [*AS_USUAL[:2], "column-2: Done, limit 3, item-2", AS_USUAL[3]],
            id="another column's name",
        ),
    ],
)
def test_what_has_happened_is_not_refused_even_if_it_is(domain, events, happened, lines):
    board = usual_board(domain, events)

    made_of(happened(events), board)

    assert lines_of(board) == lines, "an event is a fact: there is nothing left to decide"


def test_what_is_no_event_of_a_board_is_not_passed_over(domain, events):
    board = usual_board(domain, events)

    with pytest.raises(AssertionError):
        board.apply(events.WorkItemDiscarded())


def test_an_event_that_is_applied_is_not_recorded(domain, events):
    board = made_of(history_of(events), domain.Board())

    assert (board.pending, board.version) == ((), 0), "only `record` keeps and counts events"


def test_the_same_events_make_the_same_board_twice(domain, events):
    once = made_of(history_of(events), domain.Board())
    again = made_of(history_of(events), domain.Board())

    assert lines_of(once) == lines_of(again)


def test_the_events_of_a_board_that_made_up_its_ids_make_the_same_board_again(domain):
    board = domain.create_board("Support", "What is broken.")
    board.add_column("To do")
    board.insert_column_before(board.columns[0].id, "Ideas")

    again = made_of(board.pending, domain.Board())

    assert lines_of(again) == lines_of(board), "a new id is decided once, and is in the event"


# Recording an event


def test_a_recorded_event_changes_the_board(domain, events):
    board = usual_board(domain, events)

    board.record(events.BoardRenamed(name="Helpdesk"))

    assert board.name == "Helpdesk"


def test_recorded_events_are_pending_the_oldest_first(domain, events):
    board = domain.Board()
    renamed = events.BoardRenamed(name="Helpdesk")
    described = events.BoardDescribed(description="What customers wait for.")

    board.record(renamed)
    board.record(described)

    assert board.pending == (renamed, described)


def test_the_version_counts_the_recorded_events(domain, events):
    board = domain.Board()

    for event in history_of(events):
        board.record(event)

    assert board.version == 10


def test_the_version_counts_on_when_the_pending_events_have_been_saved(domain, events):
    board = domain.Board()
    for event in history_of(events):
        board.record(event)
    board.mark_saved()

    board.record(events.BoardRenamed(name="Helpdesk"))

    assert board.version == 11


def test_what_is_recorded_on_one_board_is_not_recorded_on_another(domain, events):
    board = usual_board(domain, events)
    other = usual_board(domain, events)

    board.record(events.BoardRenamed(name="Helpdesk"))

    assert (other.name, other.pending, other.version) == ("Support", (), 0)


# Commands: what they record


def test_a_new_board_has_recorded_that_it_was_created_and_nothing_else(domain, events):
    board = domain.create_board("Support", "What is broken.", board_id="board-1")

    assert board.pending == (
        events.BoardCreated(board_id="board-1", name="Support", description="What is broken."),
    )


@pytest.mark.parametrize(
    ("command", "event"),
    [
        pytest.param(
            lambda domain, board: board.rename(" Helpdesk\n"),
            lambda events: events.BoardRenamed(name="Helpdesk"),
            id="to rename the board",
        ),
        pytest.param(
            lambda domain, board: board.describe("What customers wait for."),
            lambda events: events.BoardDescribed(description="What customers wait for."),
            id="to describe the board",
        ),
        pytest.param(
            lambda domain, board: board.discard(),
            lambda events: events.BoardDiscarded(),
            id="to discard the board",
        ),
        pytest.param(
            lambda domain, board: board.add_column("Shipped", wip_limit=9, column_id="column-4"),
            lambda events: events.ColumnAdded(column_id="column-4", name="Shipped", wip_limit=9),
            id="to add a column",
        ),
        pytest.param(
            lambda domain, board: board.insert_column_before(DOING, "Ready", column_id="column-4"),
            lambda events: events.ColumnInserted(
                column_id="column-4", following_id=DOING, name="Ready", wip_limit=None
            ),
            id="to insert a column",
        ),
        pytest.param(
            lambda domain, board: board.change_wip_limit(DOING, None),
            lambda events: events.WipLimitChanged(column_id=DOING, wip_limit=None),
            id="to change a limit",
        ),
        pytest.param(
            lambda domain, board: board.rename_column(DOING, " In progress\n"),
            lambda events: events.ColumnRenamed(column_id=DOING, name="In progress"),
            id="to rename a column",
        ),
        pytest.param(
            lambda domain, board: board.schedule(item(domain, "item-0")),
            lambda events: events.WorkItemScheduled(work_item_id="item-0", column_id=TO_DO),
            id="to schedule an item",
        ),
        pytest.param(
            lambda domain, board: board.advance(item(domain, "item-1")),
            lambda events: events.WorkItemAdvanced(
                work_item_id="item-1", from_column_id=TO_DO, to_column_id=DOING
            ),
            id="to advance an item",
        ),
        pytest.param(
            lambda domain, board: board.advance(item(domain, "item-2")),
            lambda events: events.WorkItemAdvanced(
                work_item_id="item-2", from_column_id=DOING, to_column_id=DONE
            ),
            id="to advance an item to the last column",
        ),
        pytest.param(
            lambda domain, board: board.abandon(item(domain, "item-2")),
            lambda events: events.WorkItemAbandoned(work_item_id="item-2", column_id=DOING),
            id="to abandon an item",
        ),
        pytest.param(
            lambda domain, board: board.retire(item(domain, "item-3")),
            lambda events: events.WorkItemRetired(work_item_id="item-3", column_id=DONE),
            id="to retire an item",
        ),
    ],
)
def test_one_event_is_recorded_on_the_command(domain, events, command, event):
    board = usual_board(domain, events)

    command(domain, board)

    assert board.pending == (event(events),)


def test_one_event_is_recorded_when_an_empty_column_is_removed(domain, events):
    board = usual_board(domain, events)
    board.apply(events.WorkItemRetired(work_item_id="item-3", column_id=DONE))

    board.remove_column(DONE)

    assert board.pending == (events.ColumnRemoved(column_id=DONE),)


@pytest.mark.parametrize(
    "name", [pytest.param("Doing", id="as it is"), pytest.param(" Doing\n", id="with spaces")]
)
def test_nothing_is_recorded_when_a_column_is_given_the_name_that_it_has(domain, events, name):
    board = usual_board(domain, events)

    board.rename_column(DOING, name)

    assert (board.pending, board.version) == ((), 0), "nothing has happened"


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(
            lambda domain, board: board.rename_column(DOING, "Done"), id="to give a name twice"
        ),
        pytest.param(
            lambda domain, board: board.rename_column(DOING, "  "), id="to give a blank name"
        ),
        pytest.param(
            lambda domain, board: board.rename_column("archive", "Doing"),
            id="to rename a column that is not there",
        ),
        pytest.param(
            lambda domain, board: board.schedule(item(domain, "item-3")),
            id="to schedule an item that is on the board",
        ),
        pytest.param(
            lambda domain, board: board.schedule(item(domain, "item-0")),
            id="to schedule into a full column",
        ),
        pytest.param(
            lambda domain, board: board.advance(item(domain, "item-1")),
            id="to advance into a full column",
        ),
        pytest.param(
            lambda domain, board: board.advance(item(domain, "item-3")),
            id="to advance beyond the last column",
        ),
        pytest.param(
            lambda domain, board: board.advance(item(domain, "item-0")),
            id="to advance an item that is not there",
        ),
        pytest.param(
            lambda domain, board: board.abandon(item(domain, "item-0")),
            id="to abandon an item that is not there",
        ),
        pytest.param(
            lambda domain, board: board.retire(item(domain, "item-2")),
            id="to retire from a column in the middle",
        ),
        pytest.param(
            lambda domain, board: board.retire(item(domain, "item-0")),
            id="to retire an item that is not there",
        ),
    ],
)
def test_nothing_is_recorded_and_nothing_changed_when_a_board_refuses(domain, events, command):
    board = usual_board(domain, events)
    for column_id in (TO_DO, DOING):
        board.apply(events.WipLimitChanged(column_id=column_id, wip_limit=1))
    before = lines_of(board)

    with pytest.raises((ValueError, LookupError, domain.ConstraintError)):
        command(domain, board)

    assert (board.pending, board.version, lines_of(board)) == ((), 0, before)


# Commands: what they do not do themselves


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(
            lambda domain, board: board.rename_column(DOING, "In progress"), id="to rename a column"
        ),
        pytest.param(
            lambda domain, board: board.schedule(item(domain, "item-0")), id="to schedule an item"
        ),
        pytest.param(
            lambda domain, board: board.advance(item(domain, "item-1")), id="to advance an item"
        ),
        pytest.param(
            lambda domain, board: board.abandon(item(domain, "item-2")), id="to abandon an item"
        ),
        pytest.param(
            lambda domain, board: board.retire(item(domain, "item-3")), id="to retire an item"
        ),
    ],
)
def test_a_board_that_applies_nothing_is_not_changed_by_the_command(domain, events, command):
    class Unmoved(domain.Board):
        """A board that records what happened and does not apply it."""

        moved = True

        def apply(self, event):
            if self.moved:
                super().apply(event)

    board = made_of(history_of(events), Unmoved())
    board.moved = False

    command(domain, board)

    assert lines_of(board) == AS_USUAL, "the change itself is what `apply` does with the event"


# What the first part says of boards, word for word. Each sentence gets the number of its step in
# front, because the two steps have a sentence of the same name.

for step, said in {2: test_02_invariants, 3: test_03_behaviour}.items():
    for name, sentence in vars(said).items():
        if name.startswith("test_"):
            globals()[name.replace("test_", f"test_as_in_step_{step}_", 1)] = sentence
