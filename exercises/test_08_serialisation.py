"""Step 8: what is stored outlives the classes that wrote it."""

import contextlib
import importlib
import json
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from workshop.eventsourcing import CodecError, EncodedEvent, Event


@pytest.fixture
def codec():
    """The module that you wrote: `exercises.event_sourced.codec`."""
    return importlib.import_module("exercises.event_sourced.codec")


INDIA = timezone(timedelta(hours=5, minutes=30))

every_moment = pytest.mark.parametrize(
    "moment",
    [
        pytest.param(datetime(2024, 2, 29, 9, 30, 15, 250_000, UTC), id="with microseconds"),
        pytest.param(datetime(2024, 2, 29, 9, 30, tzinfo=UTC), id="on the full second"),
        pytest.param(datetime(2024, 2, 29, 9, 30, 15, 7, INDIA), id="in another time zone"),
    ],
)


# What JSON has for a value


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("Lisbon", id="a text"),
        pytest.param("", id="an empty text"),
        pytest.param(3, id="a number"),
        pytest.param(0, id="zero"),
        pytest.param(True, id="true"),
        pytest.param(False, id="false"),
        pytest.param(None, id="None"),
    ],
)
def test_json_has_the_same_for(codec, value):
    written = codec.to_json(value)

    assert (type(written), written) == (type(value), value)


def test_json_has_a_text_in_iso_form_for_a_day(codec):
    assert codec.to_json(date(2024, 2, 29)) == "2024-02-29"


@every_moment
def test_json_has_a_text_in_iso_form_for_a_moment(codec, moment):
    read = datetime.fromisoformat(codec.to_json(moment))

    assert (read, read.utcoffset()) == (moment, moment.utcoffset())


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(datetime.fromisoformat("2024-02-29T09:30"), id="a moment without a time zone"),
        pytest.param(2.5, id="a fraction"),
        pytest.param(["Lisbon"], id="a list"),
        pytest.param(time(9, 30), id="a time of day"),
    ],
)
def test_json_has_nothing_for(codec, value):
    with pytest.raises(ValueError):
        codec.to_json(value)


# The value that JSON stands for


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        pytest.param("Lisbon", str, id="a text"),
        pytest.param("2024-02-29", str, id="a text that looks like a day"),
        pytest.param(3, int, id="a number"),
        pytest.param(0, int, id="zero"),
        pytest.param(True, bool, id="true"),
        pytest.param(False, bool, id="false"),
        pytest.param("Lisbon", str | None, id="a text where None is allowed"),
        pytest.param(0, int | None, id="zero where None is allowed"),
        pytest.param(None, int | None, id="None where it is allowed"),
        pytest.param(None, date | None, id="None instead of a day"),
        pytest.param(None, datetime | None, id="None instead of a moment"),
    ],
)
def test_the_value_is_the_one_that_json_has(codec, value, kind):
    read = codec.from_json(value, kind)

    assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize(
    "kind",
    [pytest.param(date, id="always"), pytest.param(date | None, id="where None is allowed")],
)
def test_the_text_of_a_day_is_read_as_a_day(codec, kind):
    read = codec.from_json("2024-02-29", kind)

    assert (type(read), read) == (date, date(2024, 2, 29))


@every_moment
def test_the_text_of_a_moment_is_read_as_a_moment(codec, moment):
    read = codec.from_json(moment.isoformat(), datetime)

    assert (read, read.utcoffset()) == (moment, moment.utcoffset())


def test_the_text_of_a_moment_is_read_where_none_is_allowed(codec):
    read = codec.from_json("2024-02-29T09:30:00+00:00", datetime | None)

    assert read == datetime(2024, 2, 29, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        pytest.param("3", int, id="a text for a number"),
        pytest.param("2024-02-29T09:30:00+00:00", int, id="the text of a moment for a number"),
        pytest.param("3", int | None, id="a text for a number that may be None"),
        pytest.param(3, str, id="a number for a text"),
        pytest.param(3.0, int, id="a fraction for a whole number"),
        pytest.param(True, int, id="true for a number"),
        pytest.param(True, int | None, id="true for a number that may be None"),
        pytest.param(1, bool, id="a number for a truth value"),
        pytest.param("yes", bool, id="a text for a truth value"),
        pytest.param(None, str, id="None for a text"),
        pytest.param(None, date, id="None for a day"),
        pytest.param("tomorrow", date, id="any text for a day"),
        pytest.param(20240229, date, id="a number for a day"),
        pytest.param("2024-02-29T09:30:00+00:00", date, id="a moment for a day"),
        pytest.param("2024-02-29", datetime, id="a day for a moment"),
        pytest.param("2024-02-29T09:30:00", datetime, id="a moment without a time zone"),
        pytest.param(1709199000, datetime, id="a number for a moment"),
    ],
)
def test_a_field_does_not_take(codec, value, kind):
    with pytest.raises(ValueError):
        codec.from_json(value, kind)


# Events that belong to nobody's board: a codec knows the events that it is given


@dataclass(frozen=True, kw_only=True)
class Visited(Event):
    """Somebody was somewhere."""

    place: str
    guests: int
    paid: bool
    on: date
    left_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CalledUpon(Event):
    """What `Visited` is called today: another class, with the same fields."""

    place: str
    guests: int
    paid: bool
    on: date
    left_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Stayed(Visited):
    """An event of its own, which no codec here knows."""


@dataclass(frozen=True, kw_only=True)
class Noted(Event):
    """A field with a default, such as somebody gives it who adds a field in a hurry."""

    text: str = "nothing to say"


DATA = {
    "place": "Lisbon",
    "guests": 2,
    "paid": True,
    "on": "2024-02-29",
    "left_at": "2024-03-01T09:30:00+00:00",
}
"""What is stored of a visit."""

VALUES = DATA | {
    "on": date(2024, 2, 29),
    "left_at": datetime(2024, 3, 1, 9, 30, tzinfo=UTC),
}
"""The same visit, as its event has it."""


def stored(name="visited", schema=1, **different):
    """A stored visit, with the fields of which something else is said."""
    return EncodedEvent(name, schema, json.dumps(DATA | different).encode())


def visit(**different):
    """A visit, with the fields of which something else is said."""
    return Visited(**VALUES | different)


def assert_names(refused, *words):
    """Whoever meets the error at night has nothing but its message."""
    message = str(refused.value)
    all_named = all(word in message.lower() for word in words)
    assert all_named, f"the message should name {' and '.join(map(repr, words))}: {message}"


@pytest.fixture
def visits(event_sourced):
    """Your codec, for visits."""
    return event_sourced.EventCodec({"visited": Visited, "noted": Noted})


@pytest.fixture
def translating(event_sourced):
    """Your codec for visits, of which schema 3 is today's. Schema 2 had no `paid`."""

    class Upcasters(event_sourced.Upcasters):
        def upcast(self, name, schema, data):
            assert (name, schema) == ("visited", 2), "today's schema needs no translation"
            return data | {"paid": True}

    chains = {"visited": [lambda data: data, lambda data: data]}
    return event_sourced.EventCodec({"visited": Visited}, upcasters=Upcasters(chains))


# Reading


def test_an_event_is_read_from_its_data(visits):
    assert visits.decode(stored()) == visit()


def test_fields_are_known_by_their_names_and_not_by_their_order(visits):
    backwards = dict(reversed(DATA.items()))

    read = visits.decode(EncodedEvent("visited", 1, json.dumps(backwards).encode()))

    assert read == visit()


def test_an_event_is_read_after_its_class_was_renamed(event_sourced):
    read = event_sourced.EventCodec({"visited": CalledUpon}).decode(stored())

    assert read == CalledUpon(**VALUES)


@pytest.mark.parametrize("name", ["called-upon", "visited"])
def test_an_event_with_several_names_is_read_under(event_sourced, name):
    names = {"called-upon": CalledUpon, "visited": CalledUpon}

    read = event_sourced.EventCodec(names).decode(stored(name))

    assert read == CalledUpon(**VALUES)


def test_an_unknown_name_is_refused_and_named(visits):
    with pytest.raises(CodecError) as refused:
        visits.decode(stored("eaten"))

    assert_names(refused, "eaten")


@pytest.mark.parametrize(
    "field",
    [
        pytest.param("guests", id="a number"),
        pytest.param("left_at", id="a moment that may be None"),
    ],
)
def test_a_missing_field_is_refused_and_named(visits, field):
    data = {name: value for name, value in DATA.items() if name != field}

    with pytest.raises(CodecError) as refused:
        visits.decode(EncodedEvent("visited", 1, json.dumps(data).encode()))

    assert_names(refused, "visited", field)


def test_a_missing_field_is_refused_although_the_class_has_a_default(visits):
    with pytest.raises(CodecError) as refused:
        visits.decode(EncodedEvent("noted", 1, b"{}"))

    assert_names(refused, "noted", "text")


def test_an_unknown_field_is_refused_and_named(visits):
    with pytest.raises(CodecError) as refused:
        visits.decode(stored(weather="rain"))

    assert_names(refused, "visited", "weather")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("guests", "2", id="a text for a number"),
        pytest.param("place", None, id="None for a text"),
        pytest.param("on", "tomorrow", id="any text for a day"),
        pytest.param("on", 20240229, id="a number for a day"),
        pytest.param("left_at", "2024-03-01T09:30:00", id="a moment without a time zone"),
    ],
)
def test_what_the_field_does_not_take_is_refused_and_named(visits, field, value):
    with pytest.raises(CodecError) as refused:
        visits.decode(stored(**{field: value}))

    assert_names(refused, "visited", field)


def test_half_a_line_is_refused_and_its_event_named(visits):
    with pytest.raises(CodecError) as refused:
        visits.decode(EncodedEvent("visited", 1, stored().data[:30]))

    assert_names(refused, "visited")


def test_data_of_an_older_schema_is_translated_before_it_is_read(translating):
    data = {name: value for name, value in DATA.items() if name != "paid"}

    read = translating.decode(EncodedEvent("visited", 2, json.dumps(data).encode()))

    assert read == visit()


def test_data_of_todays_schema_is_read_as_it_is(translating):
    assert translating.decode(stored(schema=3)) == visit()


# Stored data never chooses which code is run


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """A module that must not be imported, with a class that has all that an event needs."""
    source = (
        "from dataclasses import dataclass\n\n\n"
        "@dataclass(frozen=True, kw_only=True)\n"
        "class Planted:\n"
        "    text: str\n"
    )
    (tmp_path / "planted_by_a_stranger.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "planted_by_a_stranger"
    sys.modules.pop("planted_by_a_stranger", None)


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("{}.Planted", id="with a dot"),
        pytest.param("{}:Planted", id="with a colon"),
        pytest.param('__import__("{}").Planted', id="as an expression"),
    ],
)
def test_a_name_that_leads_to_a_class_is_an_unknown_name(visits, planted, form):
    with pytest.raises(CodecError):
        visits.decode(EncodedEvent(form.format(planted), 1, b'{"text": "Hello"}'))


def test_a_name_that_leads_to_a_class_has_no_module_imported(visits, planted):
    with contextlib.suppress(CodecError):
        visits.decode(EncodedEvent(f"{planted}.Planted", 1, b'{"text": "Hello"}'))

    assert planted not in sys.modules, "stored data named a module, and it was imported"


def test_the_name_of_a_class_is_no_stored_name(event_sourced):
    with pytest.raises(CodecError):
        event_sourced.kanban_codec().decode(EncodedEvent("BoardDiscarded", 1, b"{}"))


def test_a_text_that_names_a_class_is_a_text(visits, planted):
    read = visits.decode(stored(place=f"{planted}.Planted"))

    assert read == visit(place=f"{planted}.Planted")


# Writing


def test_an_event_is_written_with_its_name_and_its_schema(visits):
    name, schema, _ = visits.encode(visit())

    assert (name, schema) == ("visited", 1)


def test_the_data_is_a_json_object_with_every_field(visits):
    written = json.loads(visits.encode(visit(left_at=None)).data)

    assert written == DATA | {"left_at": None}


def test_the_data_is_written_as_bytes(visits):
    data = visits.encode(visit()).data

    assert isinstance(data, bytes), f"bytes were promised, and this is a {type(data).__name__}"


def test_an_event_is_written_under_the_same_name_after_its_class_was_renamed(event_sourced):
    codec = event_sourced.EventCodec({"visited": CalledUpon})

    assert codec.encode(CalledUpon(**VALUES)).name == "visited"


def test_an_event_with_several_names_is_written_under_the_first(event_sourced):
    names = {"called-upon": CalledUpon, "visited": CalledUpon, "been-to": CalledUpon}

    written = event_sourced.EventCodec(names).encode(CalledUpon(**VALUES))

    assert written.name == "called-upon"


def test_the_newest_schema_is_written(translating):
    assert translating.encode(visit()).schema == 3


def test_an_event_without_a_stored_name_is_refused_and_named(event_sourced):
    with pytest.raises(CodecError) as refused:
        event_sourced.EventCodec({"noted": Noted}).encode(visit())

    assert_names(refused, "visited")


def test_an_event_is_not_written_under_the_name_of_a_class_that_it_extends(visits):
    with pytest.raises(CodecError):
        visits.encode(Stayed(**VALUES))


def test_what_has_no_json_is_refused_and_named(visits):
    with pytest.raises(CodecError) as refused:
        visits.encode(visit(place=["Lisbon", "Porto"]))

    assert_names(refused, "visited", "place")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("guests", "2", id="a text for a number"),
        pytest.param("guests", True, id="true for a number"),
        pytest.param("place", None, id="None for a text"),
        pytest.param("on", VALUES["left_at"], id="a moment for a day"),
        pytest.param("left_at", VALUES["on"], id="a day for a moment"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(visits, field, value):
    with pytest.raises(CodecError) as refused:
        visits.encode(visit(**{field: value}))

    assert_names(refused, "visited", field)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param('She said: "no".\n\t\\ \x00', id="with quotes, lines and a zero"),
        pytest.param("Straße, 東京, 🚲", id="not in ASCII"),
        pytest.param("null", id="null"),
        pytest.param("2024-02-29", id="like a day"),
        pytest.param("2024-02-29T09:30:00+00:00", id="like a moment"),
    ],
)
def test_a_text_comes_back(visits, text):
    assert visits.decode(visits.encode(visit(place=text))) == visit(place=text)


@every_moment
def test_a_moment_comes_back(visits, moment):
    read = visits.decode(visits.encode(visit(left_at=moment)))

    assert (read.left_at, read.left_at.utcoffset()) == (moment, moment.utcoffset())


# The events of the board and its items. This is in files by now: these lines never change.

FILE = """
board-created              1  {"board_id": "b1", "name": "Support", "description": "Repairs."}
board-renamed              1  {"name": "Help desk"}
board-described            1  {"description": ""}
board-discarded            1  {}
column-added               3  {"column_id": "c1", "name": "To do", "wip_limit": null}
column-inserted            1  {"column_id": "c2", "following_id": "c1", "name": "N", "wip_limit": 2}
column-renamed             1  {"column_id": "c1", "name": "Next"}
wip-limit-changed          1  {"column_id": "c1", "wip_limit": 0}
column-removed             1  {"column_id": "c2"}
work-item-scheduled        1  {"work_item_id": "i1", "column_id": "c1"}
work-item-advanced         1  {"work_item_id": "i1", "from_column_id": "c1", "to_column_id": "c3"}
work-item-abandoned        1  {"work_item_id": "i1", "column_id": "c3"}
work-item-retired          1  {"work_item_id": "i1", "column_id": "c3"}
work-item-registered       1  {"work_item_id": "i1", "name": "Mop", "due_date": null, "content": ""}
work-item-renamed          1  {"name": "Mend the lift"}
work-item-due-date-changed 1  {"due_date": "2024-02-29"}
work-item-content-changed  1  {"content": "It stops between the floors."}
work-item-discarded        1  {}
"""

every_line = pytest.mark.parametrize(
    "line",
    [pytest.param(line.split(maxsplit=2), id=line.split()[0]) for line in FILE.strip().split("\n")],
)


def told_by(events, line):
    """The event that a line of the file tells of."""
    name, _, data = line
    values = json.loads(data)
    if values.get("due_date"):
        values["due_date"] = date.fromisoformat(values["due_date"])
    return getattr(events, name.title().replace("-", ""))(**values)


@every_line
def test_a_line_that_was_stored_last_year_is_read(event_sourced, events, line):
    name, schema, data = line

    read = event_sourced.kanban_codec().decode(EncodedEvent(name, int(schema), data.encode()))

    assert read == told_by(events, line)


@every_line
def test_an_event_is_written_as_it_was_last_year(event_sourced, events, line):
    name, schema, data = line

    written = event_sourced.kanban_codec().encode(told_by(events, line))

    assert (written.name, written.schema, json.loads(written.data)) == (
        name,
        int(schema),
        json.loads(data),
    )
