"""Step 3: rules live where the data is. Tell, don't ask."""

import pytest

COLUMNS = ["To do", "Doing", "Done"]


def make_board(domain, *names, board_id="board-1", **wip_limits):
    """Make a board with these columns; `doing=2` limits the column "Doing"."""
    board = domain.create_board("Support", "What customers wait for.", board_id=board_id)
    for name in names or COLUMNS:
        board.add_column(name, wip_limit=wip_limits.get(name.lower().replace(" ", "_")))
    return board


def item(domain, work_item_id, name="Fix the login"):
    """An item of this id, made anew each time: the board has to know it by its id."""
    return domain.register_work_item(name, work_item_id=work_item_id)


def put(domain, board, column, *work_item_ids):
    """Schedule these items, and advance each to the column; give back the last one."""
    for work_item_id in work_item_ids:
        moved = item(domain, work_item_id)
        board.schedule(moved)
        for _ in range(COLUMNS.index(column)):
            board.advance(moved)
    return moved


def items_in(board, column):
    """The ids of the items that are in a column, the one that came first in front."""
    return tuple(board.column_named(column).work_item_ids)


def everywhere(board):
    """What is on the board: the ids of the items, column by column."""
    return {column.name: tuple(column.work_item_ids) for column in board.columns}


def limit(board, column, wip_limit):
    """Give a column another WIP limit."""
    board.change_wip_limit(board.column_named(column).id, wip_limit)


def refuses(domain, command, moved):
    """Have a rule refuse the command, and not for want of room; give back the message."""
    with pytest.raises(domain.ConstraintError) as refusal:
        command(moved)
    for_want_of_room = isinstance(refusal.value, domain.WorkLimitError)
    assert not for_want_of_room, "no column is full here, so this is no WorkLimitError"
    return str(refusal.value)


every_column = pytest.mark.parametrize("column", COLUMNS, ids="in {}".format)
every_step_to_the_right = pytest.mark.parametrize(
    ("column", "following"),
    [
        pytest.param("To do", "Doing", id="from To do to Doing"),
        pytest.param("Doing", "Done", id="from Doing to Done"),
    ],
)
every_move = pytest.mark.parametrize("move", ["advance", "abandon", "retire"], ids="to {}".format)
every_way_out = pytest.mark.parametrize(
    ("leave", "column"),
    [
        pytest.param("advance", "Doing", id="to advance"),
        pytest.param("abandon", "Doing", id="to be abandoned"),
        pytest.param("retire", "Done", id="to be retired"),
    ],
)


# Scheduling


def test_a_scheduled_item_is_in_the_first_column(domain):
    board = make_board(domain)

    board.schedule(item(domain, "item-1"))

    assert everywhere(board) == {"To do": ("item-1",), "Doing": (), "Done": ()}


def test_an_item_is_scheduled_behind_those_that_came_before(domain):
    board = make_board(domain)

    for work_item_id in ["item-3", "item-1", "item-2"]:
        board.schedule(item(domain, work_item_id))

    assert items_in(board, "To do") == ("item-3", "item-1", "item-2")


@every_column
def test_an_item_that_is_on_the_board_cannot_be_scheduled(domain, column):
    board = make_board(domain)
    moved = put(domain, board, column, "item-1")

    refuses(domain, board.schedule, moved)


def test_a_renamed_item_that_is_on_the_board_cannot_be_scheduled(domain):
    board = make_board(domain)
    moved = put(domain, board, "To do", "item-1")
    moved.rename("Let people log in again")

    refuses(domain, board.schedule, moved)


def test_two_items_of_the_same_name_can_both_be_scheduled(domain):
    board = make_board(domain)

    board.schedule(item(domain, "item-1", "Fix the login"))
    board.schedule(item(domain, "item-2", "Fix the login"))

    assert items_in(board, "To do") == ("item-1", "item-2")


def test_a_board_without_columns_takes_no_item(domain):
    board = domain.create_board("Support", "What customers wait for.")

    refuses(domain, board.schedule, item(domain, "item-1"))


# Advancing


@every_step_to_the_right
def test_an_advanced_item_is_in_the_next_column(domain, column, following):
    board = make_board(domain)
    moved = put(domain, board, column, "item-1")

    board.advance(moved)

    assert items_in(board, following) == ("item-1",)


@every_step_to_the_right
def test_an_advanced_item_has_left_its_column(domain, column, following):
    board = make_board(domain)
    moved = put(domain, board, column, "item-1")

    board.advance(moved)

    assert items_in(board, column) == (), f"{following!r} has the item now"


def test_an_advanced_item_comes_behind_those_that_are_there(domain):
    board = make_board(domain)
    put(domain, board, "Doing", "item-2", "item-3")
    moved = put(domain, board, "To do", "item-1")

    board.advance(moved)

    assert items_in(board, "Doing") == ("item-2", "item-3", "item-1")


def test_any_item_of_a_column_can_advance_and_the_others_keep_their_order(domain):
    board = make_board(domain)
    put(domain, board, "To do", "item-3", "item-2", "item-1")

    board.advance(item(domain, "item-2"))

    assert items_in(board, "To do") == ("item-3", "item-1")


def test_an_item_in_the_last_column_cannot_advance(domain):
    board = make_board(domain)
    moved = put(domain, board, "Done", "item-1")

    refuses(domain, board.advance, moved)


def test_an_item_in_the_only_column_cannot_advance(domain):
    board = make_board(domain, "To do")
    moved = put(domain, board, "To do", "item-1")

    refuses(domain, board.advance, moved)


# WIP limits


def test_as_many_items_can_be_scheduled_as_the_limit_says(domain):
    board = make_board(domain, to_do=2)

    put(domain, board, "To do", "item-1", "item-2")

    assert items_in(board, "To do") == ("item-1", "item-2")


def test_as_many_items_can_advance_as_the_limit_says(domain):
    board = make_board(domain, doing=2)

    put(domain, board, "Doing", "item-1", "item-2")

    assert items_in(board, "Doing") == ("item-1", "item-2")


def test_no_item_can_be_scheduled_when_the_first_column_is_full(domain):
    board = make_board(domain, to_do=2)
    put(domain, board, "To do", "item-1", "item-2")

    with pytest.raises(domain.WorkLimitError):
        board.schedule(item(domain, "item-3"))


@every_step_to_the_right
def test_no_item_can_advance_when_the_next_column_is_full(domain, column, following):
    board = make_board(domain)
    put(domain, board, following, "item-1", "item-2")
    moved = put(domain, board, column, "item-3")
    limit(board, following, 2)

    with pytest.raises(domain.WorkLimitError):
        board.advance(moved)


def test_an_item_that_finds_no_room_stays_where_it_is(domain):
    board = make_board(domain, doing=1)
    put(domain, board, "Doing", "item-1")
    moved = put(domain, board, "To do", "item-2")

    with pytest.raises(domain.WorkLimitError):
        board.advance(moved)

    assert items_in(board, "To do") == ("item-2",)


def test_a_limit_of_0_accepts_no_item_that_is_scheduled(domain):
    board = make_board(domain, to_do=0)

    with pytest.raises(domain.WorkLimitError):
        board.schedule(item(domain, "item-1"))


def test_a_limit_of_0_accepts_no_item_that_advances(domain):
    board = make_board(domain, doing=0)
    moved = put(domain, board, "To do", "item-1")

    with pytest.raises(domain.WorkLimitError):
        board.advance(moved)


@every_column
def test_a_column_without_a_limit_takes_any_number(domain, column):
    board = make_board(domain)
    many = tuple(f"item-{number}" for number in range(1, 31))

    put(domain, board, column, *many)

    assert items_in(board, column) == many


def test_a_limit_counts_the_items_of_its_own_column_only(domain):
    board = make_board(domain, doing=1)
    put(domain, board, "Done", "item-1")
    put(domain, board, "To do", "item-2", "item-3")

    board.advance(item(domain, "item-2"))

    assert items_in(board, "Doing") == ("item-2",)


def test_an_item_can_leave_a_full_column(domain):
    board = make_board(domain, to_do=1)
    moved = put(domain, board, "To do", "item-1")

    board.advance(moved)

    assert items_in(board, "Doing") == ("item-1",)


@pytest.mark.parametrize(
    ("leave", "column"),
    [
        pytest.param("advance", "To do", id="when an item advances"),
        pytest.param("abandon", "To do", id="when an item is abandoned"),
        pytest.param("retire", "Done", id="when an item is retired"),
    ],
)
def test_there_is_room_again(domain, leave, column):
    board = make_board(domain)
    leaving = put(domain, board, column, "item-1")
    limit(board, column, 1)

    getattr(board, leave)(leaving)
    put(domain, board, column, "item-2")

    assert items_in(board, column) == ("item-2",)


def test_a_lowered_limit_sends_nothing_away(domain):
    board = make_board(domain)
    put(domain, board, "To do", "item-1", "item-2", "item-3")

    limit(board, "To do", 1)

    assert items_in(board, "To do") == ("item-1", "item-2", "item-3")


def test_a_column_that_holds_more_than_its_limit_refuses_what_is_scheduled(domain):
    board = make_board(domain)
    put(domain, board, "To do", "item-1", "item-2", "item-3")
    limit(board, "To do", 1)

    with pytest.raises(domain.WorkLimitError):
        board.schedule(item(domain, "item-4"))


def test_a_column_that_holds_more_than_its_limit_refuses_what_advances(domain):
    board = make_board(domain)
    put(domain, board, "Doing", "item-1", "item-2", "item-3")
    moved = put(domain, board, "To do", "item-4")
    limit(board, "Doing", 1)

    with pytest.raises(domain.WorkLimitError):
        board.advance(moved)


def test_a_raised_limit_makes_room(domain):
    board = make_board(domain, to_do=1)
    put(domain, board, "To do", "item-1")

    limit(board, "To do", 2)
    board.schedule(item(domain, "item-2"))

    assert items_in(board, "To do") == ("item-1", "item-2")


# Abandoning


@every_column
def test_an_item_can_be_abandoned_from_any_column(domain, column):
    board = make_board(domain)
    moved = put(domain, board, column, "item-1")

    board.abandon(moved)

    assert everywhere(board) == {"To do": (), "Doing": (), "Done": ()}


@every_column
def test_any_item_of_a_column_can_be_abandoned_and_the_others_keep_their_order(domain, column):
    board = make_board(domain)
    put(domain, board, column, "item-3", "item-2", "item-1")

    board.abandon(item(domain, "item-2"))

    assert items_in(board, column) == ("item-3", "item-1")


def test_a_discarded_item_can_be_abandoned(domain):
    board = make_board(domain)
    moved = put(domain, board, "Doing", "item-1")
    moved.discard()

    board.abandon(moved)

    assert items_in(board, "Doing") == ()


# Retiring


def test_an_item_can_be_retired_from_the_last_column(domain):
    board = make_board(domain)
    moved = put(domain, board, "Done", "item-1")

    board.retire(moved)

    assert everywhere(board) == {"To do": (), "Doing": (), "Done": ()}


def test_an_item_can_be_retired_from_the_only_column(domain):
    board = make_board(domain, "To do")
    moved = put(domain, board, "To do", "item-1")

    board.retire(moved)

    assert items_in(board, "To do") == ()


def test_any_item_of_the_last_column_can_be_retired_and_the_others_keep_their_order(domain):
    board = make_board(domain)
    put(domain, board, "Done", "item-3", "item-2", "item-1")

    board.retire(item(domain, "item-2"))

    assert items_in(board, "Done") == ("item-3", "item-1")


@pytest.mark.parametrize("column", ["To do", "Doing"], ids="in {}".format)
def test_no_item_can_be_retired_from_a_column_before_the_last(domain, column):
    board = make_board(domain)
    moved = put(domain, board, column, "item-1")

    refuses(domain, board.retire, moved)


# Items that are off the board


@pytest.mark.parametrize(
    "leave",
    [
        pytest.param("abandon", id="after it was abandoned"),
        pytest.param("retire", id="after it was retired"),
    ],
)
def test_an_item_can_be_scheduled_again(domain, leave):
    board = make_board(domain)
    moved = put(domain, board, "Done", "item-1")
    put(domain, board, "To do", "item-2")

    getattr(board, leave)(moved)
    board.schedule(moved)

    assert items_in(board, "To do") == ("item-2", "item-1")


@every_move
def test_an_item_that_was_never_scheduled_is_not_found(domain, move):
    board = make_board(domain)
    put(domain, board, "Done", "item-1")

    with pytest.raises(domain.WorkItemNotFoundError):
        getattr(board, move)(item(domain, "item-2"))


@every_move
def test_an_item_is_not_found_on_a_board_without_columns(domain, move):
    board = domain.create_board("Support", "What customers wait for.")

    with pytest.raises(domain.WorkItemNotFoundError):
        getattr(board, move)(item(domain, "item-1"))


@every_move
def test_an_abandoned_item_is_not_found(domain, move):
    board = make_board(domain)
    moved = put(domain, board, "Done", "item-1")
    board.abandon(moved)

    with pytest.raises(domain.WorkItemNotFoundError):
        getattr(board, move)(moved)


@every_move
def test_a_retired_item_is_not_found(domain, move):
    board = make_board(domain)
    moved = put(domain, board, "Done", "item-1")
    board.retire(moved)

    with pytest.raises(domain.WorkItemNotFoundError):
        getattr(board, move)(moved)


# One item, whatever it is called


@every_way_out
def test_an_item_that_was_renamed_is_still_the_one(domain, leave, column):
    board = make_board(domain)
    put(domain, board, column, "item-1")

    getattr(board, leave)(item(domain, "item-1", "Let people log in again"))

    assert items_in(board, column) == ()


@every_way_out
def test_of_two_items_with_the_same_name_the_right_one_is_the_one(domain, leave, column):
    board = make_board(domain)
    put(domain, board, column, "item-1", "item-2")

    getattr(board, leave)(item(domain, "item-2"))

    assert items_in(board, column) == ("item-1",)


# What a refusal leaves, and what it says


@pytest.mark.parametrize(
    ("command", "work_item_id"),
    [
        pytest.param("schedule", "item-7", id="to schedule into a full column"),
        pytest.param("schedule", "item-2", id="to schedule an item that is on the board"),
        pytest.param("advance", "item-1", id="to advance into a full column"),
        pytest.param("advance", "item-5", id="to advance beyond the last column"),
        pytest.param("retire", "item-1", id="to retire from the first column"),
        pytest.param("retire", "item-3", id="to retire from a column in the middle"),
        pytest.param("advance", "item-7", id="to advance an item that is not there"),
        pytest.param("abandon", "item-7", id="to abandon an item that is not there"),
        pytest.param("retire", "item-7", id="to retire an item that is not there"),
    ],
)
def test_everything_is_as_it_was_after_a_refusal(domain, command, work_item_id):
    board = make_board(domain, to_do=2, doing=2)
    put(domain, board, "Done", "item-5", "item-6")
    put(domain, board, "Doing", "item-3", "item-4")
    put(domain, board, "To do", "item-1", "item-2")

    with pytest.raises((domain.ConstraintError, domain.WorkItemNotFoundError)):
        getattr(board, command)(item(domain, work_item_id))

    assert everywhere(board) == {
        "To do": ("item-1", "item-2"),
        "Doing": ("item-3", "item-4"),
        "Done": ("item-5", "item-6"),
    }


@pytest.mark.parametrize(
    ("column", "following"),
    [
        pytest.param(None, "To do", id="to schedule"),
        pytest.param("To do", "Doing", id="to advance"),
        pytest.param("Doing", "Done", id="to advance to the last column"),
    ],
)
def test_the_refusal_of_a_full_column_tells_column_limit_and_item(domain, column, following):
    board = make_board(domain)
    put(domain, board, following, "item-1", "item-2", "item-3")
    command = board.advance if column else board.schedule
    moved = put(domain, board, column, "item-77") if column else item(domain, "item-77")
    limit(board, following, 2)

    with pytest.raises(domain.WorkLimitError) as refusal:
        command(moved)

    told = refusal.value.column, refusal.value.limit, refusal.value.work_item_id
    assert told == (following, 2, "item-77")


@pytest.mark.parametrize(
    ("command", "column"),
    [
        pytest.param("schedule", "Doing", id="that is on the board already"),
        pytest.param("advance", "Done", id="that is in the last column"),
        pytest.param("retire", "Doing", id="that is not in the last column"),
    ],
)
def test_the_message_names_the_item_and_its_column_when_it_refuses_one(domain, command, column):
    board = make_board(domain)
    moved = put(domain, board, column, "item-77")

    message = refuses(domain, getattr(board, command), moved)

    assert "item-77" in message, "the message must name the item's id"
    assert column in message, "the message must name the column"


def test_the_message_names_the_item_for_which_there_is_no_column(domain):
    board = domain.create_board("Support", "What customers wait for.")

    message = refuses(domain, board.schedule, item(domain, "item-77"))

    assert "item-77" in message, "the message must name the item's id"


@every_move
def test_it_is_told_which_item_is_not_there(domain, move):
    board = make_board(domain)

    with pytest.raises(domain.WorkItemNotFoundError) as refusal:
        getattr(board, move)(item(domain, "item-77"))

    assert refusal.value.work_item_id == "item-77"


# Columns that change while items are on the board


@every_column
def test_a_column_with_items_cannot_be_removed(domain, column):
    board = make_board(domain)
    put(domain, board, column, "item-1")

    refuses(domain, board.remove_column, board.column_named(column).id)


@pytest.mark.parametrize(
    ("leave", "column"),
    [
        pytest.param("advance", "Doing", id="by advancing"),
        pytest.param("abandon", "Doing", id="abandoned"),
        pytest.param("retire", "Done", id="retired"),
    ],
)
def test_a_column_can_be_removed_after_its_last_item_left(domain, leave, column):
    board = make_board(domain)
    moved = put(domain, board, column, "item-1")

    getattr(board, leave)(moved)
    board.remove_column(board.column_named(column).id)

    assert column not in everywhere(board)


def test_items_stay_in_their_column_when_another_is_inserted_before_it(domain):
    board = make_board(domain)
    put(domain, board, "Doing", "item-1")

    board.insert_column_before(board.column_named("Doing").id, "Chosen")

    assert items_in(board, "Doing") == ("item-1",)


def test_items_stay_in_their_column_when_it_is_renamed(domain):
    board = make_board(domain)
    put(domain, board, "Doing", "item-1")

    board.rename_column(board.column_named("Doing").id, "In progress")

    assert items_in(board, "In progress") == ("item-1",)


def test_an_item_is_scheduled_onto_a_column_that_was_inserted_before_the_first(domain):
    board = make_board(domain)
    board.insert_column_before(board.column_named("To do").id, "Ideas")

    board.schedule(item(domain, "item-1"))

    assert items_in(board, "Ideas") == ("item-1",)


def test_an_item_advances_to_a_column_that_was_inserted_after_its_own(domain):
    board = make_board(domain)
    moved = put(domain, board, "To do", "item-1")
    board.insert_column_before(board.column_named("Doing").id, "Chosen")

    board.advance(moved)

    assert items_in(board, "Chosen") == ("item-1",)


def test_an_item_advances_across_the_place_of_a_removed_column(domain):
    board = make_board(domain)
    moved = put(domain, board, "To do", "item-1")
    board.remove_column(board.column_named("Doing").id)

    board.advance(moved)

    assert items_in(board, "Done") == ("item-1",)


def test_an_item_is_found_where_it_is_after_a_column_before_it_was_removed(domain):
    board = make_board(domain)
    moved = put(domain, board, "Doing", "item-1")
    board.remove_column(board.column_named("To do").id)

    board.advance(moved)

    assert items_in(board, "Done") == ("item-1",)


def test_the_last_column_retires_nothing_any_more_when_another_follows_it(domain):
    board = make_board(domain)
    moved = put(domain, board, "Done", "item-1")
    board.add_column("Shipped")

    refuses(domain, board.retire, moved)


def test_the_column_that_is_last_now_retires_after_the_last_one_was_removed(domain):
    board = make_board(domain)
    moved = put(domain, board, "Doing", "item-1")
    board.remove_column(board.column_named("Done").id)

    board.retire(moved)

    assert items_in(board, "Doing") == ()


# Two boards


def test_what_is_on_one_board_is_not_on_another(domain):
    board = make_board(domain, board_id="board-1")
    other = make_board(domain, board_id="board-2")

    put(domain, board, "To do", "item-1")

    assert items_in(other, "To do") == ()


@every_move
def test_an_item_of_another_board_is_not_found(domain, move):
    board = make_board(domain, board_id="board-1")
    other = make_board(domain, board_id="board-2")
    moved = put(domain, other, "Done", "item-1")

    with pytest.raises(domain.WorkItemNotFoundError):
        getattr(board, move)(moved)


# Discarded boards


@pytest.mark.parametrize(
    ("command", "work_item_id"),
    [
        pytest.param("schedule", "item-4", id="to schedule"),
        pytest.param("advance", "item-2", id="to advance"),
        pytest.param("abandon", "item-1", id="to abandon"),
        pytest.param("retire", "item-3", id="to retire"),
    ],
)
def test_a_discarded_board_refuses(domain, command, work_item_id):
    board = make_board(domain)
    for column, there in zip(COLUMNS, ["item-1", "item-2", "item-3"], strict=True):
        put(domain, board, column, there)
    board.discard()

    with pytest.raises(domain.DiscardedEntityError):
        getattr(board, command)(item(domain, work_item_id))


@pytest.mark.parametrize(
    "command", ["schedule", "advance", "abandon", "retire"], ids="to {}".format
)
def test_a_discarded_board_says_so_before_it_looks_for_anything(domain, command):
    board = domain.create_board("Support", "What customers wait for.")
    board.discard()

    with pytest.raises(domain.DiscardedEntityError):
        getattr(board, command)(item(domain, "item-1"))
