"""Step 14: events are for ever; readers translate."""

import importlib
import json
from copy import deepcopy
from datetime import UTC, datetime

import pytest

from workshop.eventsourcing import CodecError


@pytest.fixture
def upcasting():
    """Your translations: the module `exercises.event_sourced.upcasting`."""
    return importlib.import_module("exercises.event_sourced").upcasting


@pytest.fixture
def parcels(event_sourced):
    """Translations of another business: a parcel's event has four schemas, a letter's has two.

    Each function adds to the data which of them it was.
    """

    def step(text):
        return lambda data: {**data, "went through": [*data["went through"], text]}

    return event_sourced.Upcasters(
        {
            "parcel-sent": [step("1 to 2"), step("2 to 3"), step("3 to 4")],
            "letter-sent": [step("the letter's 1 to 2")],
        }
    )


def fresh(**fields):
    """Data that has gone through nothing yet."""
    return {"went through": [], **fields}


@pytest.fixture
def last_year(event_sourced):
    """A store of yours with all that the support desk recorded last year."""
    store = event_sourced.SqliteEventStore(
        ":memory:", event_sourced.kanban_codec(), clock=lambda: datetime(2026, 1, 5, tzinfo=UTC)
    )
    importlib.import_module("exercises.last_year").load(store.connection)
    yield store
    store.close()


def boards_of(event_sourced, store):
    """The collection of boards in this store."""
    return event_sourced.BoardRepository(store)


def stored_rows(store):
    """What the file holds, letter by letter, without anybody reading it as events."""
    return store.connection.execute("SELECT * FROM events ORDER BY position").fetchall()


def limits_of(board):
    """The columns from left to right, each with its limit."""
    return {column.name: column.wip_limit for column in board.columns}


def items_in(board):
    """The columns from left to right, each with its items."""
    return {column.name: column.work_item_ids for column in board.columns}


def item(event_sourced, work_item_id):
    """An item of this id; the board knows it by nothing else."""
    return event_sourced.register_work_item("Refund", work_item_id=work_item_id)


# What your two functions say of a column


def test_a_column_of_schema_1_says_in_schema_2_that_there_is_no_limit(upcasting):
    translated = upcasting.column_added_from_1_to_2({"column_id": "c1", "name": "Doing"})

    assert translated == {"column_id": "c1", "name": "Doing", "limit": 0}


@pytest.mark.parametrize(
    ("limit", "wip_limit"),
    [
        pytest.param(0, None, id="a limit of 0 was none"),
        pytest.param(1, 1, id="a limit of 1 is one of 1"),
        pytest.param(3, 3, id="a limit of 3 is one of 3"),
    ],
)
def test_schema_3_says_what_schema_2_meant(upcasting, limit, wip_limit):
    added = {"column_id": "c1", "name": "Doing", "limit": limit}

    assert upcasting.column_added_from_2_to_3(added)["wip_limit"] == wip_limit


def test_schema_3_has_the_id_and_the_name_of_the_column(upcasting):
    added = {"column_id": "c1", "name": "Doing", "limit": 3}

    translated = upcasting.column_added_from_2_to_3(added)

    assert (translated.get("column_id"), translated.get("name")) == ("c1", "Doing")


def test_schema_3_has_no_field_of_the_old_name(upcasting):
    added = {"column_id": "c1", "name": "Doing", "limit": 3}

    assert "limit" not in upcasting.column_added_from_2_to_3(added)


@pytest.mark.parametrize(
    ("function", "added"),
    [
        pytest.param(
            "column_added_from_1_to_2", {"column_id": "c1", "name": "Doing"}, id="from 1 to 2"
        ),
        pytest.param(
            "column_added_from_2_to_3",
            {"column_id": "c1", "name": "Doing", "limit": 3},
            id="from 2 to 3",
        ),
    ],
)
def test_the_old_data_is_the_same_after_it_was_translated(upcasting, function, added):
    before = deepcopy(added)

    getattr(upcasting, function)(added)

    assert added == before, "somebody else may hold the same dictionary"


# The chain: one function for each step from one schema to the next


@pytest.mark.parametrize(
    ("schema", "functions"),
    [
        pytest.param(1, ["1 to 2", "2 to 3", "3 to 4"], id="all of them from schema 1"),
        pytest.param(2, ["2 to 3", "3 to 4"], id="two of them from schema 2"),
        pytest.param(3, ["3 to 4"], id="the last one from schema 3"),
    ],
)
def test_old_data_goes_through_the_functions_in_their_order(parcels, schema, functions):
    translated = parcels.upcast("parcel-sent", schema, fresh())

    assert translated["went through"] == functions


def test_old_data_goes_through_every_function_that_it_needs(parcels):
    translated = parcels.upcast("parcel-sent", 1, fresh())

    assert sorted(translated["went through"]) == ["1 to 2", "2 to 3", "3 to 4"]


def test_old_data_goes_through_the_function_that_gives_todays_schema(parcels):
    translated = parcels.upcast("parcel-sent", 1, fresh())

    assert "3 to 4" in translated["went through"]


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        pytest.param("parcel-sent", 4, id="after three changes"),
        pytest.param("board-created", 1, id="that never changed"),
    ],
)
def test_data_of_the_newest_schema_stays_what_it_is(parcels, name, schema):
    assert parcels.upcast(name, schema, fresh(to="Okafor")) == fresh(to="Okafor")


def test_each_event_has_functions_of_its_own(parcels):
    translated = parcels.upcast("letter-sent", 1, fresh())

    assert translated["went through"] == ["the letter's 1 to 2"]


def test_two_events_of_one_kind_are_translated_each_for_itself(parcels):
    translated = [parcels.upcast("letter-sent", 1, fresh(to=to)) for to in ("Okafor", "Brandt")]

    assert [data["to"] for data in translated] == ["Okafor", "Brandt"]


def test_the_given_data_is_the_same_after_the_whole_way(parcels):
    given = fresh(to="Okafor")

    parcels.upcast("parcel-sent", 1, given)

    assert given == fresh(to="Okafor"), "somebody else may hold the same dictionary"


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        pytest.param("letter-sent", 3, id="the next one"),
        pytest.param("letter-sent", 9, id="one far ahead"),
    ],
)
def test_a_schema_of_the_future_is_refused(parcels, name, schema):
    with pytest.raises(CodecError):
        parcels.upcast(name, schema, fresh())


def test_a_schema_of_the_future_is_refused_for_an_event_that_never_changed(parcels):
    with pytest.raises(CodecError):
        parcels.upcast("board-created", 2, fresh())


@pytest.mark.parametrize("schema", [pytest.param(0, id="0"), pytest.param(-1, id="below 0")])
def test_a_schema_before_the_first_is_refused(parcels, schema):
    with pytest.raises(CodecError):
        parcels.upcast("parcel-sent", schema, fresh())


@pytest.mark.parametrize(
    "value", [pytest.param("parcel-sent", id="the event"), pytest.param("77", id="the schema")]
)
def test_the_message_about_an_unknown_schema_names(parcels, value):
    with pytest.raises(CodecError) as refused:
        parcels.upcast("parcel-sent", 77, fresh())

    assert value in str(refused.value)


# Your functions in the chain


def test_a_column_of_schema_1_has_no_limit_today(upcasting):
    added = {"column_id": "c1", "name": "Doing"}

    translated = upcasting.KANBAN_UPCASTERS.upcast("column-added", 1, added)

    assert translated == {"column_id": "c1", "name": "Doing", "wip_limit": None}


def test_what_was_written_then_means_the_same_whatever_is_known_today(upcasting):
    then = {"column_id": "c1", "name": "Doing"}
    since = {"column_id": "c1", "name": "Doing", "limit": 3}
    upcasters = upcasting.KANBAN_UPCASTERS
    first = upcasters.upcast("column-added", 1, dict(then))

    upcasters.upcast("column-added", 2, since)

    assert upcasters.upcast("column-added", 1, then) == first


# All of last year, in your store


def test_every_event_of_last_year_is_read(last_year):
    assert len(list(last_year.read_all())) == 301


@pytest.mark.parametrize(
    ("board_id", "limits"),
    [
        pytest.param(
            "support",
            {"To do": None, "Doing": 3, "Checking": 2, "Done": None},
            id="on the board Support",
        ),
        pytest.param(
            "invoices",
            {"To do": None, "Doing": None, "With the bank": 3, "Done": None, "Next year": 0},
            id="on the board Invoices",
        ),
        pytest.param(
            "website",
            {"Ideas": None, "Doing": 2, "Ready": 1, "Live": None},
            id="on the board Website",
        ),
    ],
)
def test_the_columns_have_the_limits_that_last_year_gave_them(
    event_sourced, last_year, board_id, limits
):
    board = boards_of(event_sourced, last_year).get(board_id)

    assert limits_of(board) == limits


def test_the_items_of_last_year_are_where_they_were(event_sourced, last_year):
    board = boards_of(event_sourced, last_year).get("support")

    assert items_in(board) == {"To do": (), "Doing": (), "Checking": ("item-59",), "Done": ()}


def test_a_board_that_was_given_up_last_year_is_given_up(event_sourced, last_year):
    board = boards_of(event_sourced, last_year).get("launch")

    with pytest.raises(event_sourced.DiscardedEntityError):
        board.rename("Autumn launch")


@pytest.mark.parametrize(
    ("board_id", "month", "columns"),
    [
        pytest.param("support", 3, {"To do": None, "Doing": None}, id="Support in March"),
        pytest.param(
            "invoices",
            5,
            {"To do": None, "Doing": None, "With the bank": 3, "Done": None},
            id="Invoices in May",
        ),
    ],
)
def test_a_board_can_be_had_as_it_was_last_year(event_sourced, last_year, board_id, month, columns):
    then = datetime(2025, month, 15, 12, tzinfo=UTC)

    board = boards_of(event_sourced, last_year).get(board_id, as_at=then)

    assert limits_of(board) == columns


def test_the_column_that_had_no_limit_last_year_takes_an_item(event_sourced, last_year):
    board = boards_of(event_sourced, last_year).get("invoices")

    board.advance(item(event_sourced, "item-47"))

    assert board.column_named("Doing").work_item_ids == ("item-47",)


def test_the_column_that_takes_nothing_until_next_year_takes_nothing(event_sourced, last_year):
    board = boards_of(event_sourced, last_year).get("invoices")

    with pytest.raises(event_sourced.WorkLimitError):
        board.advance(item(event_sourced, "item-35"))


def test_a_limit_of_last_year_is_still_a_limit(event_sourced, last_year):
    board = boards_of(event_sourced, last_year).get("website")
    for work_item_id in ("item-54", "item-55"):
        board.advance(item(event_sourced, work_item_id))

    with pytest.raises(event_sourced.WorkLimitError):
        board.advance(item(event_sourced, "item-58"))


# What is stored stays, and what is written today has today's schema


def test_what_is_stored_stays_as_it_was_written(event_sourced, last_year):
    before = stored_rows(last_year)

    for board_id in ("support", "invoices", "website"):
        boards_of(event_sourced, last_year).get(board_id)

    assert stored_rows(last_year) == before, "somebody changed what was stored last year"


@pytest.fixture
def since_today(event_sourced, last_year):
    """Last year's store, and a column that was added to one of its boards today."""
    boards = boards_of(event_sourced, last_year)
    board = boards.get("invoices")
    board.add_column("With the lawyer", column_id="i-lawyer", wip_limit=2)
    boards.save(board)
    return last_year


def test_a_column_of_today_has_the_limit_that_it_was_given(event_sourced, since_today):
    board = boards_of(event_sourced, since_today).get("invoices")

    assert board.column("i-lawyer").wip_limit == 2


def test_a_column_of_today_is_written_under_schema_3(since_today):
    *_, name, schema, _data, _metadata = stored_rows(since_today)[-1]

    assert (name, schema) == ("column-added", 3)


def test_a_column_of_today_is_written_with_the_fields_of_today(since_today):
    *_, data, _metadata = stored_rows(since_today)[-1]

    assert json.loads(data) == {
        "column_id": "i-lawyer",
        "name": "With the lawyer",
        "wip_limit": 2,
    }
