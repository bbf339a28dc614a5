"""Step 2: an object that cannot be wrong needs no validation layer."""

from contextlib import suppress

import pytest

TO_DO, DOING, DONE = "column-1", "column-2", "column-3"


def empty_board(domain, board_id="board-1"):
    """Make a board that has no columns yet."""
    return domain.create_board("Website", "What we do for the website.", board_id=board_id)


def usual_board(domain):
    """Make a board with three columns, of which one has a limit."""
    board = empty_board(domain)
    board.add_column("To do", column_id=TO_DO)
    board.add_column("Doing", wip_limit=3, column_id=DOING)
    board.add_column("Done", column_id=DONE)
    return board


def names_on(board):
    """The names of a board's columns, from left to right."""
    return [column.name for column in board.columns]


def limits_on(board):
    """The WIP limits of a board's columns, from left to right."""
    return [column.wip_limit for column in board.columns]


def ids_on(board):
    """The ids of a board's columns, from left to right."""
    return [column.id for column in board.columns]


def everything_on(board):
    """All that a board tells about its columns."""
    return list(zip(ids_on(board), names_on(board), limits_on(board), strict=True))


def each(values, ways):
    """Every value in every way, as cases of a test that say both."""
    return [
        pytest.param(value, way, id=f"{what}, {how}")
        for what, value in values.items()
        for how, way in ways.items()
    ]


def ways_of(ways):
    """Every way, as cases of a test."""
    return [pytest.param(way, id=how) for how, way in ways.items()]


# Adding columns


def test_a_new_board_has_no_columns(domain):
    board = empty_board(domain)

    assert names_on(board) == []


def test_columns_stand_in_the_order_in_which_they_were_added(domain):
    board = empty_board(domain)

    board.add_column("To do")
    board.add_column("Doing")
    board.add_column("Done")

    assert names_on(board) == ["To do", "Doing", "Done"]


def test_an_added_column_has_the_id_it_was_given(domain):
    board = empty_board(domain)

    board.add_column("To do", column_id="column-77")

    assert ids_on(board) == ["column-77"]


def test_added_columns_that_were_given_no_id_get_ids_of_their_own(domain):
    board = empty_board(domain)
    board.add_column("To do")
    board.add_column("Done")

    first, second = ids_on(board)

    assert first != second, "two columns were added, so there are two ids"


def test_the_id_of_an_added_column_is_a_text(domain):
    board = empty_board(domain)
    board.add_column("To do")

    (column_id,) = ids_on(board)

    assert isinstance(column_id, str), f"an id is a str, and {column_id!r} is not"


def test_an_added_column_has_no_limit_if_it_was_given_none(domain):
    board = empty_board(domain)

    board.add_column("To do")

    assert limits_on(board) == [None]


LIMITS = [
    pytest.param(3, id="a few items"),
    pytest.param(1, id="one item"),
    pytest.param(0, id="no item"),
]


@pytest.mark.parametrize("limit", LIMITS)
def test_an_added_column_has_the_limit_it_was_given(domain, limit):
    board = empty_board(domain)

    board.add_column("Doing", wip_limit=limit)

    assert limits_on(board) == [limit]


def test_adding_a_column_answers_with_that_column(domain):
    board = usual_board(domain)

    column = board.add_column("Archive", wip_limit=9, column_id="column-4")

    assert (column.id, column.name, column.wip_limit) == ("column-4", "Archive", 9)


def test_what_is_done_to_the_list_of_columns_does_nothing_to_the_board(domain):
    board = usual_board(domain)
    columns = board.columns

    with suppress(AttributeError, TypeError):  # some answers cannot be changed at all
        columns.clear()

    assert names_on(board) == ["To do", "Doing", "Done"]


def test_a_list_of_columns_keeps_its_length_when_the_board_gets_another(domain):
    board = usual_board(domain)
    columns = board.columns

    board.add_column("Archive")

    assert len(columns) == 3, "it tells the columns as they were when it was asked for"


def test_adding_a_column_to_one_board_adds_none_to_another(domain):
    board = empty_board(domain, "board-1")
    other = empty_board(domain, "board-2")

    board.add_column("To do")

    assert names_on(other) == []


# Finding columns


def test_a_column_is_found_by_its_id(domain):
    board = usual_board(domain)

    assert board.column(DOING).name == "Doing"


def test_a_column_is_found_by_its_name(domain):
    board = usual_board(domain)

    assert board.column_named("Doing").id == DOING


def test_a_column_is_found_by_its_name_with_spaces_around_it(domain):
    board = usual_board(domain)

    assert board.column_named("  Doing\n").id == DOING


def test_an_id_is_no_name(domain):
    board = usual_board(domain)

    with pytest.raises(domain.ColumnNotFoundError):
        board.column_named(DOING)


def test_a_name_is_no_id(domain):
    board = usual_board(domain)

    with pytest.raises(domain.ColumnNotFoundError):
        board.column("Doing")


# Inserting columns


@pytest.mark.parametrize(
    ("following", "names"),
    [
        pytest.param(TO_DO, ["Ready", "To do", "Doing", "Done"], id="before the first"),
        pytest.param(DOING, ["To do", "Ready", "Doing", "Done"], id="between two others"),
        pytest.param(DONE, ["To do", "Doing", "Ready", "Done"], id="before the last"),
    ],
)
def test_a_column_is_inserted_at_the_left_side_of_another(domain, following, names):
    board = usual_board(domain)

    board.insert_column_before(following, "Ready")

    assert names_on(board) == names


def test_an_inserted_column_has_the_id_it_was_given(domain):
    board = usual_board(domain)

    board.insert_column_before(TO_DO, "Ready", column_id="column-77")

    assert ids_on(board) == ["column-77", TO_DO, DOING, DONE]


def test_inserted_columns_that_were_given_no_id_get_ids_of_their_own(domain):
    board = usual_board(domain)
    board.insert_column_before(TO_DO, "Ready")
    board.insert_column_before(TO_DO, "Agreed")

    first, second, *_ = ids_on(board)

    assert first != second, "two columns were inserted, so there are two ids"


def test_the_id_of_an_inserted_column_is_a_text(domain):
    board = usual_board(domain)
    board.insert_column_before(TO_DO, "Ready")

    column_id, *_ = ids_on(board)

    assert isinstance(column_id, str), f"an id is a str, and {column_id!r} is not"


@pytest.mark.parametrize("limit", [*LIMITS, pytest.param(None, id="any number of items")])
def test_an_inserted_column_has_the_limit_it_was_given(domain, limit):
    board = usual_board(domain)

    board.insert_column_before(DONE, "Testing", wip_limit=limit)

    assert limits_on(board) == [None, 3, limit, None]


def test_an_inserted_column_has_no_limit_if_it_was_given_none(domain):
    board = usual_board(domain)

    board.insert_column_before(DOING, "Ready")

    assert limits_on(board) == [None, None, 3, None]


def test_inserting_a_column_answers_with_that_column(domain):
    board = usual_board(domain)

    column = board.insert_column_before(DONE, "Testing", wip_limit=9, column_id="column-4")

    assert (column.id, column.name, column.wip_limit) == ("column-4", "Testing", 9)


# Renaming columns


def test_a_column_can_be_renamed_and_stays_the_same_column_in_its_place(domain):
    board = usual_board(domain)

    board.rename_column(DOING, "In progress")

    assert everything_on(board) == [
        (TO_DO, "To do", None),
        (DOING, "In progress", 3),
        (DONE, "Done", None),
    ]


def test_a_renamed_column_is_found_by_its_new_name(domain):
    board = usual_board(domain)

    board.rename_column(DOING, "In progress")

    assert board.column_named("In progress").id == DOING


def test_a_renamed_column_is_not_found_by_its_old_name(domain):
    board = usual_board(domain)

    board.rename_column(DOING, "In progress")

    with pytest.raises(domain.ColumnNotFoundError):
        board.column_named("Doing")


# Changing limits


@pytest.mark.parametrize(
    "limit",
    [
        pytest.param(5, id="more items"),
        pytest.param(1, id="fewer items"),
        pytest.param(0, id="no item"),
        pytest.param(None, id="any number of items"),
    ],
)
def test_a_column_can_be_told_to_take(domain, limit):
    board = usual_board(domain)

    board.change_wip_limit(DOING, limit)

    assert limits_on(board) == [None, limit, None]


def test_a_column_that_took_any_number_of_items_can_be_given_a_limit(domain):
    board = usual_board(domain)

    board.change_wip_limit(TO_DO, 7)

    assert limits_on(board) == [7, 3, None]


# Removing columns


@pytest.mark.parametrize(
    ("column_id", "names"),
    [
        pytest.param(TO_DO, ["Doing", "Done"], id="the first"),
        pytest.param(DOING, ["To do", "Done"], id="one between two others"),
        pytest.param(DONE, ["To do", "Doing"], id="the last"),
    ],
)
def test_a_column_can_be_removed(domain, column_id, names):
    board = usual_board(domain)

    board.remove_column(column_id)

    assert names_on(board) == names


def test_a_removed_column_is_not_found_by_its_id(domain):
    board = usual_board(domain)

    board.remove_column(DOING)

    with pytest.raises(domain.ColumnNotFoundError):
        board.column(DOING)


def test_the_name_of_a_removed_column_can_be_given_to_another(domain):
    board = usual_board(domain)

    board.remove_column(DOING)
    board.rename_column(TO_DO, "Doing")

    assert names_on(board) == ["Doing", "Done"]


# Names

NAMING = {
    "when it is added": lambda board, name: board.add_column(name),
    "when it is inserted": lambda board, name: board.insert_column_before(DONE, name),
    "when it is renamed": lambda board, name: board.rename_column(DONE, name),
}


@pytest.mark.parametrize("call_it", ways_of(NAMING))
def test_a_column_has_its_name_without_the_spaces_around_it(domain, call_it):
    board = usual_board(domain)

    call_it(board, "  Ready to test\n")

    assert "Ready to test" in names_on(board)


@pytest.mark.parametrize(("name", "call_it"), each({"empty": "", "spaces alone": " \t\n"}, NAMING))
def test_a_column_cannot_be_given_a_blank_name(domain, name, call_it):
    board = usual_board(domain)

    with pytest.raises(ValueError):
        call_it(board, name)


@pytest.mark.parametrize(
    ("name", "call_it"),
    each(
        {"the first one's": "To do", "a later one's": "Doing", "with spaces": "  Doing\n"}, NAMING
    ),
)
def test_a_column_cannot_be_given_the_name_of_another(domain, name, call_it):
    board = usual_board(domain)

    with pytest.raises(domain.ConstraintError):
        call_it(board, name)


@pytest.mark.parametrize("call_it", ways_of(NAMING))
def test_the_refusal_of_a_name_says_which_name_is_taken(domain, call_it):
    board = usual_board(domain)

    with pytest.raises(domain.ConstraintError) as refusal:
        call_it(board, "Doing")

    assert "Doing" in str(refusal.value), "the message must name the value"


@pytest.mark.parametrize(
    "name", [pytest.param("Doing", id="as it is"), pytest.param(" Doing ", id="with spaces")]
)
def test_a_column_can_be_given_the_name_that_it_has(domain, name):
    board = usual_board(domain)

    board.rename_column(DOING, name)

    assert names_on(board) == ["To do", "Doing", "Done"]


def test_a_name_that_a_column_gave_up_can_be_given_to_another(domain):
    board = usual_board(domain)

    board.rename_column(DOING, "In progress")
    board.rename_column(TO_DO, "Doing")

    assert names_on(board) == ["Doing", "In progress", "Done"]


def test_columns_of_two_boards_may_have_the_same_name(domain):
    board = empty_board(domain, "board-1")
    other = empty_board(domain, "board-2")

    board.add_column("Doing")
    other.add_column("Doing")

    assert names_on(other) == ["Doing"]


# Ids

MAKING = {
    "when it is added": lambda board, column_id: board.add_column("Ready", column_id=column_id),
    "when it is inserted": lambda board, column_id: board.insert_column_before(
        DONE, "Ready", column_id=column_id
    ),
}


@pytest.mark.parametrize(
    ("column_id", "make"), each({"the first one's": TO_DO, "a later one's": DOING}, MAKING)
)
def test_a_column_cannot_be_given_the_id_of_another(domain, column_id, make):
    board = usual_board(domain)

    with pytest.raises(domain.ConstraintError):
        make(board, column_id)


@pytest.mark.parametrize("make", ways_of(MAKING))
def test_the_refusal_of_an_id_says_which_id_is_taken(domain, make):
    board = usual_board(domain)

    with pytest.raises(domain.ConstraintError) as refusal:
        make(board, DOING)

    assert DOING in str(refusal.value), "the message must name the value"


# Limits

LIMITING = {
    "when it is added": lambda board, limit: board.add_column("Ready", wip_limit=limit),
    "when it is inserted": lambda board, limit: board.insert_column_before(
        DONE, "Ready", wip_limit=limit
    ),
    "when it is changed": lambda board, limit: board.change_wip_limit(DOING, limit),
}
NO_LIMITS = {"below 0": -1, "True": True, "False": False, "a float": 2.0, "a text": "3"}


@pytest.mark.parametrize(("limit", "limit_it"), each(NO_LIMITS, LIMITING))
def test_a_column_cannot_be_given_a_limit_that_is_no_number_from_0_upward(domain, limit, limit_it):
    board = usual_board(domain)

    with pytest.raises(ValueError):
        limit_it(board, limit)


@pytest.mark.parametrize("limit_it", ways_of(LIMITING))
def test_the_refusal_of_a_limit_says_which_limit_it_refuses(domain, limit_it):
    board = usual_board(domain)

    with pytest.raises(ValueError) as refusal:
        limit_it(board, -77)

    assert "-77" in str(refusal.value), "the message must name the value"


# Columns that a board does not have

ASKING = {
    "be found by its id": lambda board, column: board.column(column),
    "be found by its name": lambda board, column: board.column_named(column),
    "get a neighbour": lambda board, column: board.insert_column_before(column, "Ready"),
    "be renamed": lambda board, column: board.rename_column(column, "Ready"),
    "get a limit": lambda board, column: board.change_wip_limit(column, 1),
    "be removed": lambda board, column: board.remove_column(column),
}


@pytest.mark.parametrize("ask", ways_of(ASKING))
def test_a_column_that_a_board_does_not_have_cannot(domain, ask):
    board = usual_board(domain)

    with pytest.raises(domain.ColumnNotFoundError):
        ask(board, "archive")


@pytest.mark.parametrize("ask", ways_of(ASKING))
def test_a_column_that_only_another_board_has_cannot(domain, ask):
    board = usual_board(domain)
    other = empty_board(domain, "board-2")
    other.add_column("archive", column_id="archive")

    with pytest.raises(domain.ColumnNotFoundError):
        ask(board, "archive")


@pytest.mark.parametrize("ask", ways_of(ASKING))
def test_the_refusal_names_the_board_and_the_column_that_it_does_not_have(domain, ask):
    board = usual_board(domain)

    with pytest.raises(domain.ColumnNotFoundError) as refusal:
        ask(board, "archive")

    assert (refusal.value.board_id, refusal.value.column) == ("board-1", "archive")


# What is refused


@pytest.mark.parametrize(
    "refused",
    [
        pytest.param(lambda board: board.add_column("Doing"), id="a second Doing"),
        pytest.param(lambda board: board.add_column("  "), id="a blank name"),
        pytest.param(lambda board: board.add_column("Ready", wip_limit=-1), id="a wrong limit"),
        pytest.param(lambda board: board.add_column("Ready", column_id=DOING), id="a second id"),
        pytest.param(
            lambda board: board.insert_column_before(DONE, "Doing"), id="a second Doing inserted"
        ),
        pytest.param(
            lambda board: board.insert_column_before(DONE, "Ready", wip_limit=-1),
            id="a wrong limit inserted",
        ),
        pytest.param(
            lambda board: board.insert_column_before("archive", "Ready"),
            id="a column before one that is not there",
        ),
        pytest.param(lambda board: board.rename_column(DONE, "Doing"), id="Done renamed to Doing"),
        pytest.param(lambda board: board.rename_column(DONE, "  "), id="Done renamed to nothing"),
        pytest.param(lambda board: board.change_wip_limit(DOING, -1), id="a limit made wrong"),
    ],
)
def test_what_is_refused_leaves_the_columns_as_they_were(domain, refused):
    board = usual_board(domain)
    before = everything_on(board)

    with pytest.raises((ValueError, LookupError, domain.ConstraintError)):
        refused(board)

    assert everything_on(board) == before


def test_a_column_that_was_refused_can_be_added_once_it_is_right(domain):
    board = usual_board(domain)
    with pytest.raises(ValueError):
        board.add_column("Ready", wip_limit=-1, column_id="column-4")

    board.add_column("Ready", wip_limit=1, column_id="column-4")

    assert names_on(board) == ["To do", "Doing", "Done", "Ready"]


# Discarding a board


@pytest.mark.parametrize(
    "use",
    [
        pytest.param(lambda board: board.columns, id="to tell its columns"),
        pytest.param(lambda board: board.column(DOING), id="to find a column by its id"),
        pytest.param(lambda board: board.column_named("Doing"), id="to find a column by its name"),
        pytest.param(lambda board: board.add_column("Ready"), id="another column"),
        pytest.param(
            lambda board: board.insert_column_before(DONE, "Ready"), id="a column in between"
        ),
        pytest.param(lambda board: board.rename_column(DOING, "Busy"), id="a column's new name"),
        pytest.param(lambda board: board.change_wip_limit(DOING, 1), id="a column's new limit"),
        pytest.param(lambda board: board.remove_column(DOING), id="to lose a column"),
    ],
)
def test_a_discarded_board_refuses(domain, use):
    board = usual_board(domain)
    board.discard()

    with pytest.raises(domain.DiscardedEntityError):
        use(board)
