"""Step 5: an event is a past-tense fact with the intent in its name."""

import sys
from dataclasses import KW_ONLY
from typing import ClassVar, get_args, get_origin, get_type_hints

import pytest

from workshop.eventsourcing import Event

# What one event of each kind tells. An item is scheduled, abandoned and retired with the same
# words: there, the name of the event is all that tells one fact from another.
TOLD = {
    "ColumnAdded": {"column_id": "column-1", "name": "Doing", "wip_limit": 3},
    "ColumnInserted": {
        "column_id": "column-2",
        "following_id": "column-1",
        "name": "Ready",
        "wip_limit": None,
    },
    "ColumnRenamed": {"column_id": "column-1", "name": "In progress"},
    "WipLimitChanged": {"column_id": "column-1", "wip_limit": 5},
    "ColumnRemoved": {"column_id": "column-1"},
    "WorkItemScheduled": {"work_item_id": "item-1", "column_id": "column-1"},
    "WorkItemAdvanced": {
        "work_item_id": "item-1",
        "from_column_id": "column-1",
        "to_column_id": "column-2",
    },
    "WorkItemAbandoned": {"work_item_id": "item-1", "column_id": "column-1"},
    "WorkItemRetired": {"work_item_id": "item-1", "column_id": "column-1"},
}


def attempts(events):
    """Make one event of each kind; where that fails, keep the error in its place."""
    tried = {}
    for name, told in TOLD.items():
        try:
            tried[name] = getattr(events, name)(**told)
        except (NotImplementedError, TypeError) as error:
            tried[name] = error
    return tried


def made(events):
    """One event of each kind that can be made, by name.

    A kind that cannot be made has a test of its own to fail: the others are still looked at.
    """
    tried = attempts(events)
    found = {name: event for name, event in tried.items() if not isinstance(event, Exception)}
    if not found:
        raise next(iter(tried.values()))
    return found


def fields(events):
    """The fields of every kind that is no blank any more: types, by kind and name."""
    tried = attempts(events)
    written = [name for name in tried if not isinstance(tried[name], NotImplementedError)]
    if not written:
        raise next(iter(tried.values()))
    names = vars(sys.modules[events.__package__])
    return {
        (kind, field): types_in(hint)
        for kind in written
        for field, hint in get_type_hints(getattr(events, kind), localns=names).items()
        if ClassVar not in (hint, get_origin(hint)) and hint is not KW_ONLY
    }


def types_in(hint):
    """The types that an annotation allows: `int | None` allows two."""
    alternatives = get_args(hint) if type(None) in get_args(hint) else (hint,)
    return {getattr(each, "__supertype__", each) for each in alternatives}


def found_in(places):
    """Say where something was found: `ColumnAdded.name`, and how often besides."""
    first, *others = [".".join(place) for place in places]
    return f"{first} and {len(others)} more" if others else first


def is_refused(make, *values, **named):
    """Whether Python refuses to make an event of these arguments."""
    try:
        make(*values, **named)
    except TypeError:
        return True
    return False


def without(told, name):
    """What is told, but for one value."""
    return {other: value for other, value in told.items() if other != name}


def other_than(value):
    """A value of the same type that is different."""
    return 8 if value is None or isinstance(value, int) else f"another {value}"


# What an event tells


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind) for kind in TOLD])
def test_an_event_tells_what_its_docstring_says(events, kind):
    event = getattr(events, kind)(**TOLD[kind])

    told = {name: getattr(event, name) for name in TOLD[kind]}
    assert told == TOLD[kind]


def test_an_event_leaves_nothing_out(events):
    has = fields(events)

    written = dict.fromkeys(kind for kind, _ in has)
    missing = [(k, name) for k in written for name in TOLD[k] if (k, name) not in has]
    assert not missing, f"these have to be told: {found_in(missing)}"


def test_an_event_tells_nothing_else(events):
    more = [(kind, name) for kind, name in fields(events) if name not in TOLD[kind]]

    assert not more, f"nobody asked for {found_in(more)}"


def test_an_event_cannot_be_made_without_one_of_its_values(events):
    optional = [
        (kind, name)
        for kind, event in made(events).items()
        for name in TOLD[kind]
        if not is_refused(type(event), **without(TOLD[kind], name))
    ]

    assert not optional, f"these can be left out: {found_in(optional)}"


def test_an_event_is_made_with_keywords_only(events):
    positional = [
        (kind, name)
        for kind, event in made(events).items()
        for name, value in TOLD[kind].items()
        if not is_refused(type(event), value, **without(TOLD[kind], name))
    ]

    assert not positional, f"these can be given without their name: {found_in(positional)}"


# Plain values


def test_ids_and_names_are_texts(events):
    others = [
        (kind, name)
        for (kind, name), types in fields(events).items()
        if name in TOLD[kind] and name != "wip_limit" and types != {str}
    ]

    assert not others, f"these are no texts: {found_in(others)}"


def test_a_wip_limit_is_an_int_or_none(events):
    limits = {place: types for place, types in fields(events).items() if place[1] == "wip_limit"}

    others = [place for place, types in limits.items() if types != {int, type(None)}]
    assert not others, f"these are something else: {found_in(others)}"


def test_an_event_holds_no_board_column_or_item(events, event_sourced):
    entities = {event_sourced.Board, event_sourced.Column, event_sourced.WorkItem}

    held = [place for place, types in fields(events).items() if types & entities]
    assert not held, f"these change after the event: {found_in(held)}"


def test_an_event_holds_nothing_that_can_change(events):
    containers = {list, dict, set}

    held = [
        place
        for place, types in fields(events).items()
        if any(get_origin(each) in containers or each in containers for each in types)
    ]
    assert not held, f"these can change inside the event: {found_in(held)}"


def test_an_event_names_a_column_by_its_id_and_not_by_its_place(events):
    counted = [
        (kind, name)
        for (kind, name), types in fields(events).items()
        if int in types and any(word in name for word in ("column", "following", "index"))
    ]

    assert not counted, f"these are places: {found_in(counted)}"


# Facts


def test_an_event_cannot_be_changed(events):
    changed = []
    for kind, event in made(events).items():
        for name in TOLD[kind]:
            try:
                setattr(event, name, "something else")
            except AttributeError:
                continue
            changed.append((kind, name))

    assert not changed, f"these could be changed: {found_in(changed)}"


def test_events_that_tell_the_same_are_equal(events):
    again = made(events)

    unequal = [kind for kind, event in made(events).items() if event != again[kind]]
    assert not unequal, f"these are not equal: {', '.join(unequal)}"


def test_events_that_tell_different_things_are_different(events):
    alike = [
        (kind, name)
        for kind, event in made(events).items()
        for name, value in TOLD[kind].items()
        if event == type(event)(**{**TOLD[kind], name: other_than(value)})
    ]

    assert not alike, f"these are not compared: {found_in(alike)}"


def test_equal_events_have_equal_hashes(events):
    again = made(events)

    unlike = []
    for kind, event in made(events).items():
        try:
            alike = hash(event) == hash(again[kind])
        except TypeError:
            alike = False
        if not alike:
            unlike.append(kind)

    assert not unlike, f"a set would not find these again: {', '.join(unlike)}"


def test_an_event_is_of_one_kind_only(events):
    found = made(events)

    both = [
        f"a {kind} is a {other}"
        for kind, event in found.items()
        for other in found
        if other != kind and isinstance(event, getattr(events, other))
    ]
    assert not both, f"who asks for the one finds the other: {', '.join(both)}"


def test_events_of_different_kinds_are_different(events):
    found = made(events)

    alike = [
        f"{kind} and {other}"
        for kind, event in found.items()
        for other in found
        if other != kind and event == found[other]
    ]
    assert not alike, f"these are equal: {', '.join(alike)}"


def test_an_event_shows_what_happened(events):
    hiding = [
        f"{kind} shows {event!r}"
        for kind, event in made(events).items()
        if not all(text in repr(event) for text in (kind, *map(repr, TOLD[kind].values())))
    ]

    assert not hiding, f"the name and each value should be there: {hiding[0]}"


# Belonging to the others


def test_an_event_is_an_event(events):
    strangers = [kind for kind, event in made(events).items() if not isinstance(event, Event)]

    assert not strangers, f"these are no subclasses of Event: {', '.join(strangers)}"


def test_an_event_of_the_board_is_a_board_event(events):
    forgotten = [
        kind for kind, event in made(events).items() if not isinstance(event, events.BoardEvent)
    ]

    assert not forgotten, f"BoardEvent does not list these: {', '.join(forgotten)}"
