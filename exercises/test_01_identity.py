"""Step 1: an entity is who it is, not what it contains."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

JULY_3 = date(2026, 7, 3)
JULY_10 = date(2026, 7, 10)


def register(
    domain,
    name="Fix the login",
    *,
    due_date=JULY_3,
    content="Passwords with a space in them fail.",
    work_item_id="item-1",
):
    """Register an item that has everything an item can have."""
    return domain.register_work_item(
        name, due_date=due_date, content=content, work_item_id=work_item_id
    )


def contents_of(item):
    """What an item tells about itself, apart from who it is."""
    return item.name, item.due_date, item.content


# Registering an item


@pytest.mark.parametrize(
    ("what", "given"),
    [
        pytest.param("name", "Fix the login", id="its name"),
        pytest.param("due_date", JULY_3, id="its due date"),
        pytest.param("content", "See ticket 77.", id="its content"),
    ],
)
def test_a_registered_item_has_what_it_was_given(domain, what, given):
    item = register(domain, "Fix the login", due_date=JULY_3, content="See ticket 77.")

    assert getattr(item, what) == given


def test_an_item_needs_no_due_date(domain):
    item = domain.register_work_item("Fix the login", content="See ticket 77.")

    assert item.due_date is None


def test_an_item_needs_no_content(domain):
    item = domain.register_work_item("Fix the login", due_date=JULY_3)

    assert item.content == ""


def test_an_item_keeps_the_id_it_was_given(domain):
    item = register(domain, work_item_id="item-77")

    assert item.id == "item-77"


def test_an_item_that_was_given_no_id_gets_one_of_its_own(domain):
    first = domain.register_work_item("Fix the login")
    second = domain.register_work_item("Fix the login")

    assert first.id != second.id, "two items were registered, so there are two ids"


def test_an_id_is_a_text(domain):
    item = domain.register_work_item("Fix the login")

    assert isinstance(item.id, str), f"an id is a str, and {item.id!r} is not"


def test_an_item_has_the_same_id_whenever_it_is_asked(domain):
    item = domain.register_work_item("Fix the login")

    assert item.id == item.id


# Being the same item


def test_items_with_the_same_id_are_equal_whatever_they_contain(domain):
    item = register(domain, "Fix the login", due_date=JULY_3, content="", work_item_id="item-1")
    again = register(domain, "Log in", due_date=None, content="Done?", work_item_id="item-1")

    assert item == again


def test_items_with_the_same_contents_are_still_two_items(domain):
    first = register(domain, work_item_id="item-1")
    second = register(domain, work_item_id="item-2")

    assert first != second


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("item-1", id="its id alone"),
        pytest.param(SimpleNamespace(id="item-1"), id="something else with that id"),
        pytest.param(None, id="None"),
    ],
)
def test_an_item_equals_nothing_but_an_item(domain, other):
    item = register(domain, work_item_id="item-1")

    assert item != other


def test_equal_items_have_equal_hashes(domain):
    item = register(domain, "Fix the login", due_date=JULY_3, content="", work_item_id="item-1")
    again = register(domain, "Log in", due_date=None, content="Done?", work_item_id="item-1")

    alike = hash(item) == hash(again)
    assert alike, "the same item, met twice, must have one hash"


def test_an_item_is_found_in_a_set_after_everything_about_it_changed(domain):
    item = register(domain)
    promised = {item}

    item.rename("Let people log in again")
    item.change_due_date(JULY_10)
    item.change_content("See ticket 77.")

    assert item in promised, "it is the same item as before, so the set must find it"


def test_an_id_cannot_be_assigned(domain):
    item = register(domain)

    with pytest.raises(AttributeError):
        item.id = "item-2"


# Changing an item


def test_an_item_can_be_renamed(domain):
    item = register(domain, "Fix the login")

    item.rename("Let people log in again")

    assert item.name == "Let people log in again"


def test_an_item_can_be_promised_for_another_day(domain):
    item = register(domain, due_date=JULY_3)

    item.change_due_date(JULY_10)

    assert item.due_date == JULY_10


def test_a_due_date_can_be_taken_away(domain):
    item = register(domain, due_date=JULY_3)

    item.change_due_date(None)

    assert item.due_date is None


@pytest.mark.parametrize(
    "content", [pytest.param("See ticket 77.", id="other words"), pytest.param("", id="no words")]
)
def test_the_content_can_be_changed(domain, content):
    item = register(domain, content="Passwords with a space in them fail.")

    item.change_content(content)

    assert item.content == content


def test_changing_one_item_leaves_another_as_it_was(domain):
    other = register(domain, work_item_id="item-2")
    before = contents_of(other)
    item = register(domain, "Write the report", due_date=None, content="", work_item_id="item-1")

    item.rename("Send the report")
    item.change_due_date(JULY_10)
    item.change_content("By post.")

    assert contents_of(other) == before


# What an item refuses

BLANK_NAMES = [
    pytest.param("", id="empty"),
    pytest.param("   ", id="spaces"),
    pytest.param("\t\n", id="tab and newline"),
]
NOT_DAYS = [
    pytest.param(datetime(2026, 7, 3, 17, 0), id="a datetime"),  # noqa: DTZ001 - refused anyway
    pytest.param("next Friday", id="a text"),
]


@pytest.mark.parametrize("name", BLANK_NAMES)
def test_an_item_cannot_be_registered_with_a_blank_name(domain, name):
    with pytest.raises(ValueError):
        register(domain, name)


@pytest.mark.parametrize("name", BLANK_NAMES)
def test_an_item_cannot_be_renamed_to_a_blank_name(domain, name):
    item = register(domain)

    with pytest.raises(ValueError):
        item.rename(name)


def test_a_name_is_registered_without_the_spaces_around_it(domain):
    item = register(domain, "  Fix the login\n")

    assert item.name == "Fix the login"


def test_a_name_is_changed_without_the_spaces_around_it(domain):
    item = register(domain)

    item.rename("  Let people log in again\n")

    assert item.name == "Let people log in again"


@pytest.mark.parametrize("due_date", NOT_DAYS)
def test_an_item_cannot_be_registered_with_a_due_date_that_is_not_a_day(domain, due_date):
    with pytest.raises(ValueError):
        register(domain, due_date=due_date)


@pytest.mark.parametrize("due_date", NOT_DAYS)
def test_a_due_date_cannot_be_changed_to_something_that_is_not_a_day(domain, due_date):
    item = register(domain)

    with pytest.raises(ValueError):
        item.change_due_date(due_date)


def test_a_refused_name_leaves_the_old_one(domain):
    item = register(domain, "Fix the login")

    with pytest.raises(ValueError):
        item.rename("   ")

    assert item.name == "Fix the login"


def test_a_refused_due_date_leaves_the_old_one(domain):
    item = register(domain, due_date=JULY_3)

    with pytest.raises(ValueError):
        item.change_due_date("next Friday")

    assert item.due_date == JULY_3


def test_a_refusal_names_the_value_it_refuses(domain):
    item = register(domain)

    with pytest.raises(ValueError) as refusal:
        item.change_due_date("next Friday")

    assert "next Friday" in str(refusal.value), "the message must name the value"


# Discarding an item


@pytest.mark.parametrize(
    "use",
    [
        pytest.param(lambda item: item.name, id="to tell its name"),
        pytest.param(lambda item: item.due_date, id="to tell its due date"),
        pytest.param(lambda item: item.content, id="to tell its content"),
        pytest.param(lambda item: item.rename("Log in"), id="to be renamed"),
        pytest.param(lambda item: item.change_due_date(JULY_10), id="another due date"),
        pytest.param(lambda item: item.change_content("Done?"), id="other content"),
        pytest.param(lambda item: item.discard(), id="to be discarded again"),
    ],
)
def test_a_discarded_item_refuses(domain, use):
    item = register(domain)
    item.discard()

    with pytest.raises(domain.DiscardedEntityError):
        use(item)


def test_the_refusal_of_a_discarded_item_names_its_id(domain):
    item = register(domain, work_item_id="item-77")
    item.discard()

    with pytest.raises(domain.DiscardedEntityError, match="item-77"):
        item.rename("Log in")


def test_a_discarded_item_still_has_its_id(domain):
    item = register(domain, work_item_id="item-77")

    item.discard()

    assert item.id == "item-77"


def test_a_discarded_item_is_still_found_in_a_set(domain):
    item = register(domain)
    promised = {item}

    item.discard()

    assert item in promised, "discarded or not, it is the same item"


def test_a_discarded_item_is_equal_to_the_same_item_loaded_again(domain):
    item = register(domain, work_item_id="item-77")
    loaded_again = register(domain, work_item_id="item-77")

    item.discard()

    assert item == loaded_again, "discarded or not, it is the same item"


def test_discarding_one_item_leaves_another_in_use(domain):
    item = register(domain, work_item_id="item-1")
    other = register(domain, "Write the report", work_item_id="item-2")

    item.discard()

    assert other.name == "Write the report"


# Showing an item


def test_an_item_shows_its_id_and_its_name(domain):
    shown = repr(register(domain, "Fix the login", work_item_id="item-77"))

    assert "item-77" in shown
    assert "Fix the login" in shown


def test_a_discarded_item_still_shows_its_id(domain):
    item = register(domain, work_item_id="item-77")

    item.discard()

    assert "item-77" in repr(item)
