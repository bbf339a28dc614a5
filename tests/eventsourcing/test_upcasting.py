import json
import math
from dataclasses import dataclass
from decimal import Decimal

import pytest

from workshop.eventsourcing import CodecError, EncodedEvent, Event, EventCodec, JsonObject, Upcaster


@dataclass(frozen=True, kw_only=True)
class ColumnAdded(Event):
    name: str
    wip_limit: int | None
    colours: tuple[str, ...]


def limit_added(data: JsonObject) -> JsonObject:
    return data | {"wip_limit": None}


def colour_became_colours(data: JsonObject) -> JsonObject:
    data["colours"] = [data.pop("colour")]  # in place, which is allowed
    return data


FIRST, SECOND = limit_added, colour_became_colours


def codec(*upcasters: Upcaster) -> EventCodec:
    names = {"column_added": ColumnAdded, "column_appended": ColumnAdded}
    return EventCodec(ColumnAdded, names=names, upcasters={ColumnAdded: upcasters})


def encoded(schema: int, **data: object) -> EncodedEvent:
    return EncodedEvent("column_added", schema, json.dumps(data).encode())


def test_each_older_schema_goes_through_the_rest_of_the_chain() -> None:
    reader = codec(FIRST, SECOND)
    new = ColumnAdded(name="Doing", wip_limit=None, colours=("red",))
    assert reader.decode(encoded(1, name="Doing", colour="red")) == new
    assert reader.decode(encoded(2, name="Doing", colour="red", wip_limit=None)) == new
    assert reader.decode(encoded(3, name="Doing", colours=["red"], wip_limit=None)) == new


def test_the_newest_schema_is_written() -> None:
    event = ColumnAdded(name="Doing", wip_limit=3, colours=())
    assert codec().encode(event).schema == 1
    assert codec(FIRST, SECOND).encode(event).schema == 3


def test_an_alias_shares_the_chain_of_its_event() -> None:
    old = encoded(1, name="Doing", colour="red")._replace(name="column_appended")
    new = ColumnAdded(name="Doing", wip_limit=None, colours=("red",))
    assert codec(FIRST, SECOND).decode(old) == new


def test_upcasters_of_a_class_without_a_name_are_refused() -> None:
    with pytest.raises(CodecError, match=r"Event'> is unknown; add it to the codec's names"):
        EventCodec(names={"column_added": ColumnAdded}, upcasters={Event: [limit_added]})


@pytest.mark.parametrize("schema", [4, 0, -1, 2**63])
def test_a_schema_from_the_future_or_from_nowhere_is_refused(schema: int) -> None:
    with pytest.raises(CodecError, match=f"'column_added': schema {schema} is not one of 1 to 3"):
        codec(FIRST, SECOND).decode(encoded(schema, name="x", wip_limit=1, colours=[]))


def test_what_an_upcaster_returns_is_read_as_strictly_as_stored_data() -> None:
    cases: list[tuple[JsonObject, str]] = [
        ({"name": "x", "wip_limit": None}, "colours"),
        ({"name": "x", "wip_limit": None, "colours": [], "more": 1}, "more is unknown"),
        ({"name": 1, "wip_limit": None, "colours": []}, "name"),
        ({"name": "x", "wip_limit": 1.0, "colours": []}, "wip_limit"),
        ({"name": "x", "wip_limit": Decimal(1), "colours": []}, "Decimal is not JSON"),
        ({"name": "x", "wip_limit": math.inf, "colours": []}, "not JSON compliant"),
    ]
    for data, words in cases:
        reader = codec(lambda _, data=data: data)  # type: ignore[misc]
        with pytest.raises(CodecError, match=f"'column_added'.*{words}"):
            reader.decode(encoded(1))


@pytest.mark.parametrize("grams", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_a_number_that_json_cannot_hold_does_not_become_none(grams: str) -> None:
    @dataclass(frozen=True, kw_only=True)
    class Weighed(Event):
        grams: float | None

    reader = EventCodec(names={"weighed": Weighed}, upcasters={Weighed: [lambda data: data]})
    old = EncodedEvent("weighed", 1, f'{{"grams":{grams}}}'.encode())
    with pytest.raises(CodecError, match=r"'weighed': .*not JSON compliant"):
        reader.decode(old)


def test_an_upcaster_that_forgets_to_return_is_no_event() -> None:
    reader = codec(FIRST, lambda data: data.clear())  # type: ignore[arg-type,return-value]
    with pytest.raises(CodecError, match="'column_added': Expected `object`, got `null`"):
        reader.decode(encoded(1, name="x"))


def test_an_upcaster_that_fails_is_told_with_the_event() -> None:
    reader = codec(lambda data: {"name": data["title"]})
    with pytest.raises(CodecError, match="stored event 'column_added': 'title'") as refusal:
        reader.decode(encoded(1, name="x"))
    assert isinstance(refusal.value.__cause__, KeyError)


def test_old_data_with_a_key_twice_is_refused() -> None:
    data = b'{"name":"x","name":"y","colour":"red"}'
    with pytest.raises(CodecError, match=r"field name is there twice"):
        codec(FIRST, SECOND).decode(EncodedEvent("column_added", 1, data))


@pytest.mark.parametrize("data", [b"[]", b"null", b'"x"', b"\xff", b"{", b"[" * 100_000])
def test_old_data_that_is_no_object_is_refused(data: bytes) -> None:
    with pytest.raises(CodecError, match="stored event 'column_added'"):
        codec(FIRST, SECOND).decode(EncodedEvent("column_added", 1, data))
