import dataclasses
import json
import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, Flag, IntEnum, StrEnum
from typing import Annotated, Any, ClassVar, NewType, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta
from typing_extensions import TypeAliasType

from workshop.eventsourcing import CodecError, EncodedEvent, Event, EventCodec, Moment

ItemId = NewType("ItemId", str)


class Colour(Enum):
    RED = "red"
    GREEN = "green"


class Size(IntEnum):
    SMALL = 1
    LARGE = 2


class Mood(StrEnum):
    GOOD = "good"

    @classmethod
    def _missing_(cls, value: object) -> "Mood":
        return cls.GOOD


@dataclass(frozen=True)
class Money:
    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class Ordered(Event):
    """An event with a field of every kind."""

    item: ItemId
    count: int
    rush: bool
    weight: float
    ordered_at: Moment
    due: date | None
    patience: timedelta
    reference: UUID
    price: Money
    colour: Colour
    sizes: tuple[Size, ...]
    place: tuple[int, str]
    refunds: tuple[Money | None, ...]
    note: str | int | None


@dataclass(frozen=True, kw_only=True)
class Closed(Event):
    """An event without fields."""


@dataclass(frozen=True, kw_only=True)
class Noted(Event):
    """An event of plain values only."""

    text: str
    urgent: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Pinned(Event):
    """An event in slots."""

    text: str
    price: Money | None


@dataclass(frozen=True, kw_only=True)
class Weighed(Event):
    grams: float | None


@dataclass(frozen=True, kw_only=True)
class Felt(Event):
    mood: Mood


OrderEvent: TypeAlias = Ordered | Closed | Noted
CODEC = EventCodec(
    OrderEvent,
    Weighed | Felt | Pinned,
    names={
        "ordered": Ordered,
        "closed": Closed,
        "noted": Noted,
        "pinned": Pinned,
        "weighed": Weighed,
        "felt": Felt,
        "remarked": Noted,
    },
)
EXAMPLE = Ordered(
    item=ItemId("i-1"),
    count=2**70,
    rush=True,
    weight=0.1,
    ordered_at=datetime(2024, 5, 1, 9, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2))),
    due=date(2024, 5, 3),
    patience=timedelta(days=2, microseconds=1),
    reference=UUID(int=7),
    price=Money(Decimal("12.50"), "EUR"),
    colour=Colour.GREEN,
    sizes=(Size.SMALL, Size.LARGE),
    place=(3, "left"),
    refunds=(None, Money(Decimal("1E+3"), "USD")),
    note=None,
)

texts = st.text(st.characters(exclude_categories=["Cs"]))
offsets = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda m: timezone(timedelta(minutes=m)))
money = st.builds(Money, st.decimals(allow_nan=False, allow_infinity=False), texts)
orders = st.builds(
    Ordered,
    item=texts.map(ItemId),
    count=st.integers(),
    rush=st.booleans(),
    weight=st.floats(allow_nan=False, allow_infinity=False),
    ordered_at=st.datetimes(timezones=offsets),
    due=st.none() | st.dates(),
    patience=st.timedeltas(),
    reference=st.uuids(),
    price=money,
    colour=st.sampled_from(Colour),
    sizes=st.lists(st.sampled_from(Size)).map(tuple),
    place=st.tuples(st.integers(), texts),
    refunds=st.lists(st.none() | money).map(tuple),
    note=st.none() | texts | st.integers(),
)


def stored(event: Event, **changes: object) -> EncodedEvent:
    """The event as it is stored, with some of its data changed."""
    encoded = CODEC.encode(event)
    return encoded._replace(data=json.dumps(json.loads(encoded.data) | changes).encode())


@given(orders)
def test_what_was_encoded_decodes_to_an_equal_event(event: Ordered) -> None:
    decoded = CODEC.decode(CODEC.encode(event))
    assert isinstance(decoded, Ordered)
    assert decoded == event
    for one, other in zip(vars(decoded).values(), vars(event).values(), strict=True):
        assert type(one) is type(other)


@given(orders)
def test_an_event_is_always_written_as_the_same_bytes(event: Ordered) -> None:
    encoded = CODEC.encode(event)
    assert CODEC.encode(CODEC.decode(encoded)) == encoded


@given(st.datetimes(timezones=offsets | st.timezones()))
def test_a_moment_keeps_its_microseconds_and_its_offset(moment: datetime) -> None:
    offset = moment.utcoffset()
    assert offset is not None
    event = dataclasses.replace(EXAMPLE, ordered_at=moment)
    if offset % timedelta(minutes=1):  # local mean time, which RFC 3339 cannot say
        with pytest.raises(CodecError, match=r"ordered_at: .* would come back as"):
            CODEC.encode(event)
        return
    decoded = CODEC.decode(CODEC.encode(event))
    assert isinstance(decoded, Ordered)
    assert decoded.ordered_at.replace(tzinfo=None) == moment.replace(tzinfo=None)
    assert decoded.ordered_at.utcoffset() == offset


def test_a_moment_in_a_zone_with_a_name_comes_back_equal_without_the_name() -> None:
    moment = datetime(2024, 7, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    decoded = CODEC.decode(CODEC.encode(dataclasses.replace(EXAMPLE, ordered_at=moment)))
    assert isinstance(decoded, Ordered)
    assert decoded.ordered_at == moment
    assert decoded.ordered_at.tzinfo == timezone(timedelta(hours=2))


def test_the_hour_that_a_clock_repeats_is_told_apart() -> None:
    first, second = (
        datetime(2024, 10, 27, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=fold)
        for fold in (0, 1)
    )
    decoded = [
        CODEC.decode(CODEC.encode(dataclasses.replace(EXAMPLE, ordered_at=moment)))
        for moment in (first, second)
    ]
    moments = [event.ordered_at.astimezone(UTC) for event in decoded if isinstance(event, Ordered)]
    assert moments == [first.astimezone(UTC), second.astimezone(UTC)]
    assert moments[0] < moments[1]


@dataclass(frozen=True)
class Slot:
    begins: Moment


@pytest.mark.parametrize(
    "planned",
    [
        lambda moment: Slot(moment),
        lambda moment: (moment, moment),
        lambda moment: (Slot(moment),),
    ],
)
def test_the_hour_that_a_clock_repeats_is_told_apart_within_a_field(planned: Any) -> None:
    @dataclass(frozen=True, kw_only=True)
    class Planned(Event):
        first: Slot | tuple[Moment | Slot, ...]

        latest: ClassVar[int] = 3

    codec = EventCodec(names={"planned": Planned})
    moment = datetime(2024, 10, 27, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1)
    encoded = codec.encode(Planned(first=planned(moment)))
    assert b"2024-10-27T02:30:00+01:00" in encoded.data
    assert codec.encode(codec.decode(encoded)) == encoded
    with pytest.raises(CodecError, match="event 'planned' cannot be stored: field first:"):
        codec.encode(Planned(first=planned(moment.replace(tzinfo=None))))


def test_stored_data_is_json_that_people_can_read() -> None:
    encoded = CODEC.encode(Noted(text="Grüße", urgent=False))
    assert encoded == ("noted", 1, '{"text":"Grüße","urgent":false}'.encode())


def test_an_int_will_do_for_a_float() -> None:
    assert CODEC.decode(CODEC.encode(Weighed(grams=3))) == Weighed(grams=3.0)


def test_the_first_name_is_written_and_every_name_is_read() -> None:
    event = Noted(text="x", urgent=False)
    assert CODEC.names_of(Noted) == ("noted", "remarked")
    assert CODEC.encode(event).name == "noted"
    assert CODEC.decode(CODEC.encode(event)._replace(name="remarked")) == event


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("item", 1),
        ("item", None),
        ("item", "\ud800"),
        ("count", True),
        ("count", 1.0),
        ("count", "1"),
        ("rush", 1),
        ("weight", math.nan),
        ("weight", math.inf),
        ("weight", -math.inf),
        ("weight", 2**53 + 1),
        ("weight", "1.0"),
        ("weight", True),
        ("ordered_at", datetime(2024, 1, 1)),  # noqa: DTZ001  # naive on purpose
        ("ordered_at", date(2024, 1, 1)),
        ("ordered_at", "2024-01-01T00:00:00Z"),
        ("ordered_at", datetime(2024, 1, 1, tzinfo=timezone(timedelta(seconds=31)))),
        ("due", datetime(2024, 1, 1, tzinfo=UTC)),
        ("due", "2024-01-01"),
        ("patience", 3),
        ("reference", str(UUID(int=1))),
        ("price", Decimal(1)),
        ("price", {"amount": "1", "currency": "EUR"}),
        ("price", Money(1, "EUR")),  # type: ignore[arg-type]
        ("price", Money(Decimal("NaN"), "EUR")),
        ("price", Money(Decimal("sNaN"), "EUR")),
        ("colour", "green"),
        ("sizes", [Size.SMALL]),
        ("sizes", "12"),
        ("place", (1,)),
        ("place", (1, 2)),
        ("place", (1, "a", "b")),
        ("refunds", (Money(Decimal(1), None),)),  # type: ignore[arg-type]
        ("note", 1.5),
        ("note", b"x"),
    ],
)
def test_a_value_that_its_type_does_not_allow_is_refused(field: str, value: Any) -> None:
    with pytest.raises(CodecError, match=rf"event 'ordered' cannot be stored: field {field}\b"):
        CODEC.encode(dataclasses.replace(EXAMPLE, **{field: value}))


def test_the_message_leads_to_the_place_within_a_field() -> None:
    wrong = dataclasses.replace(EXAMPLE, refunds=(None, Money(Decimal(1), 2)))  # type: ignore[arg-type]
    with pytest.raises(CodecError) as refusal:
        CODEC.encode(wrong)
    assert str(refusal.value) == (
        "event 'ordered' cannot be stored: "
        "field refunds: Expected `str`, got `int` - at `$[1].currency`"
    )


@pytest.mark.parametrize("field", ["count", "weight", "item", "price"])
def test_a_number_of_thousands_of_digits_is_refused(field: str) -> None:
    huge: dict[str, Any] = {field: 10**5000}
    with pytest.raises(CodecError, match=rf"event 'ordered' cannot be stored: field {field}: "):
        CODEC.encode(dataclasses.replace(EXAMPLE, **huge))


def test_an_infinite_number_is_not_taken_for_none() -> None:
    with pytest.raises(CodecError, match="grams"):
        CODEC.encode(Weighed(grams=math.inf))


def test_an_event_without_a_name_is_refused() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Special(Noted):
        pass

    with pytest.raises(CodecError, match="add it to the codec's names"):
        CODEC.encode(Special(text="x", urgent=False))
    with pytest.raises(CodecError, match="add it to the codec's names"):
        CODEC.names_of(Special)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"colour": "blue"}, "blue"),
        ({"count": "1"}, "count"),
        ({"count": 1.0}, "count"),
        ({"count": True}, "count"),
        ({"count": None}, "count"),
        ({"rush": 1}, "rush"),
        ({"rush": "true"}, "rush"),
        ({"item": 5}, "item"),
        ({"item": ["i-1"]}, "item"),
        ({"weight": "0.1"}, "weight"),
        ({"ordered_at": "2024-05-01T09:30:00"}, "ordered_at"),
        ({"ordered_at": "2024-05-01"}, "ordered_at"),
        ({"ordered_at": "2024-05-01T09:30:00.1234567Z"}, "ordered_at"),
        ({"ordered_at": 1714555800}, "ordered_at"),
        ({"ordered_at": "now"}, "ordered_at"),
        ({"due": "2024-05-03T00:00:00Z"}, "due"),
        ({"due": "2024-02-30"}, "due"),
        ({"patience": 5}, "patience"),
        ({"reference": "7"}, "reference"),
        ({"reference": "00000000000000000000000000000007"}, "reference"),
        ({"price": {"amount": "1"}}, r"missing required field `currency` - at `\$\.price`"),
        ({"price": {"amount": 1, "currency": "EUR"}}, r"field price is \{'amount': 1,"),
        ({"price": {"amount": "NaN", "currency": "EUR"}}, "NaN"),
        ({"price": {"amount": "-NaN1", "currency": "EUR"}}, "NaN"),
        ({"price": {"amount": "nan", "currency": "EUR"}}, "field price is .*nan"),
        ({"price": {"amount": "sNaN", "currency": "EUR"}}, "InvalidOperation"),
        ({"price": {"amount": " 1_0 ", "currency": "EUR"}}, "field price is .* 1_0 "),
        ({"price": {"amount": "1", "currency": "EUR", "x": 1}}, r"field price is .*'x': 1"),
        ({"price": None}, "price"),
        ({"sizes": [3]}, "sizes|3"),
        ({"sizes": {}}, "sizes"),
        ({"place": [3]}, "place"),
        ({"place": [3, "left", 1]}, "place"),
        ({"note": 1.5}, "note"),
        ({"extra": 1}, "extra is unknown"),
        ({"py/object": "os.system"}, "py/object is unknown"),
        ({"__class__": "subprocess.Popen"}, "__class__ is unknown"),
        ({"type": "builtins.eval", "__topic__": "os:system"}, "is unknown"),
    ],
)
def test_stored_data_that_is_not_precisely_the_event_is_refused(
    changes: dict[str, object], words: str
) -> None:
    with pytest.raises(CodecError, match=rf"(?s)'ordered'.*{words}"):
        CODEC.decode(stored(EXAMPLE, **changes))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"{",
        b"{}",
        b'{"text":"x"}',
        b'{"urgent":false}',
        b'{"text":"x","urgent":false} {}',
        b'{"text":"x","urgent":false,"urgent":true}',
        b'{"text":"x","urgent":false,"text":"x"}',
        b'{"text":"x","urgent":false,"deep":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"text":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b',"urgent":false}',
        b'{"text":"\xff","urgent":false}',
        b'{"text":"\\ud800","urgent":false}',
        '{"text":"x","urgent":false}'.encode("utf-16"),
        b'\xef\xbb\xbf{"text":"x","urgent":false}',
        b'{"text":NaN,"urgent":false}',
        b"{'text':'x','urgent':False}",
        b"\x80\x04\x95\x00.",
    ],
    ids=lambda data: str(data[:40]),
)
def test_data_that_is_broken_is_refused(data: bytes) -> None:
    with pytest.raises(CodecError, match="stored event 'noted'"):
        CODEC.decode(EncodedEvent("noted", 1, data))


@pytest.mark.parametrize("number", ["1e400", "-1e400", "NaN", "9" * 400, "9" * 9_999], ids=len)
def test_a_number_too_great_for_its_field_is_refused(number: str) -> None:
    with pytest.raises(CodecError, match="weighed"):
        CODEC.decode(EncodedEvent("weighed", 1, b'{"grams":' + number.encode() + b"}"))


def test_a_default_is_refused_since_it_would_be_filled_in() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Given(Event):
        text: str = ""

    @dataclass(frozen=True, kw_only=True)
    class Made(Event):
        tags: tuple[str, ...] = dataclasses.field(default_factory=tuple)

    @dataclass(frozen=True)
    class Inner:
        text: str
        urgent: bool = False

    @dataclass(frozen=True, kw_only=True)
    class Outer(Event):
        inners: tuple[Inner, ...]

    for cls, field in ((Given, "text"), (Made, "tags"), (Outer, "inners.urgent")):
        with pytest.raises(CodecError, match=rf"{cls.__name__}\.{field} has a default"):
            EventCodec(names={"event": cls})


def test_an_enum_may_not_guess_at_stored_data() -> None:
    with pytest.raises(CodecError, match="bad"):
        CODEC.decode(EncodedEvent("felt", 1, b'{"mood":"bad"}'))


@pytest.mark.parametrize(
    "data",
    [
        b'{"urgent":false,"text":"\\u0078"}',
        b' { "text" : "x", "urgent" : false } \n',
    ],
)
def test_the_order_of_keys_and_the_white_space_do_not_matter(data: bytes) -> None:
    assert CODEC.decode(EncodedEvent("noted", 1, data)) == Noted(text="x", urgent=False)


@pytest.mark.parametrize(
    "changes",
    [
        {"weight": 1e-1},
    ],
)
def test_another_spelling_of_the_same_is_read(changes: dict[str, object]) -> None:
    assert CODEC.decode(stored(EXAMPLE, **changes)) == EXAMPLE


def test_the_same_moment_with_another_offset_is_another_value() -> None:
    utc = dataclasses.replace(EXAMPLE, ordered_at=EXAMPLE.ordered_at.astimezone(UTC))
    decoded = CODEC.decode(stored(utc, ordered_at="2024-05-01T07:30:00.123456+00:00"))
    assert decoded == utc
    assert isinstance(decoded, Ordered)
    assert decoded.ordered_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize("name", ["", "Noted", "os.system", "test_codec.Noted", "builtins:eval"])
def test_a_stored_name_never_chooses_code(name: str) -> None:
    with pytest.raises(CodecError, match="is unknown; add it to the codec's names"):
        CODEC.decode(EncodedEvent(name, 1, b"{}"))


def test_an_error_in_a_class_of_the_user_is_told_as_an_error_of_the_data() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Fussy(Event):
        number: int

        def __post_init__(self) -> None:
            if self.number > 1:
                raise KeyError(self.number)

    codec = EventCodec(names={"fussy": Fussy})
    with pytest.raises(CodecError, match="stored event 'fussy'"):
        codec.decode(EncodedEvent("fussy", 1, b'{"number":2}'))


def test_a_member_of_a_union_without_a_name_is_refused() -> None:
    with pytest.raises(CodecError, match=r"Closed.*add it to the codec's names"):
        EventCodec(OrderEvent, names={"ordered": Ordered, "noted": Noted})


def test_a_class_that_is_no_event_is_refused() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Thing:
        text: str

    with pytest.raises(CodecError, match="must be an Event"):
        EventCodec(names={"thing": Thing})  # type: ignore[dict-item]


def test_an_event_that_is_no_dataclass_is_refused() -> None:
    class Plain(Event):
        text: str

    class Undecorated(Noted):
        more: str

    for cls in (Plain, Undecorated):
        with pytest.raises(CodecError, match="dataclass"):
            EventCodec(names={"event": cls})


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"frozen": True},
        {"kw_only": True},
        {"frozen": True, "kw_only": True, "eq": False},
    ],
)
def test_an_event_must_be_frozen_keyword_only_and_comparable(options: dict[str, bool]) -> None:
    cls = dataclasses.make_dataclass("Loose", [("text", str)], bases=(Event,), **options)  # type: ignore[arg-type]
    with pytest.raises(CodecError, match=r"Loose.*kw_only=True"):
        EventCodec(names={"loose": cls})


@dataclass
class Thawed:
    text: str


@dataclass(frozen=True)
class Tree:
    children: tuple["Tree", ...]


class Mixed(Enum):
    ONE = 1
    TWO = "two"


class Access(Flag):
    READ = 1
    WRITE = 2


@pytest.mark.parametrize(
    "annotation",
    [
        list[str],
        dict[str, int],
        set[str],
        frozenset[Colour],
        frozenset[str | int],
        list,
        tuple,
        tuple[list[int], ...],
        Any,
        object,
        bytes,
        Money | list[int],
        Thawed,
        Thawed | None,
        type,
        complex,
        Event,
    ],
)
def test_a_field_that_is_mutable_or_would_not_come_back_equal_is_refused(annotation: Any) -> None:
    cls = dataclasses.make_dataclass(
        "Odd", [("payload", annotation)], bases=(Event,), frozen=True, kw_only=True
    )
    with pytest.raises(CodecError, match=r"Odd\.payload"):
        EventCodec(names={"odd": cls})


@pytest.mark.parametrize(
    "annotation",
    [Mixed, Tree, Moment | date, str | UUID, Decimal | str, Money | Thawed, Colour | str],
)
def test_a_type_that_json_cannot_tell_apart_or_hold_is_refused(annotation: Any) -> None:
    cls = dataclasses.make_dataclass(
        "Odd", [("payload", annotation)], bases=(Event,), frozen=True, kw_only=True
    )
    with pytest.raises(CodecError, match="Odd"):
        EventCodec(names={"odd": cls})


@pytest.mark.parametrize(
    "annotation",
    [Annotated[int, Meta(ge=0)], Annotated[str, Meta(max_length=3)] | None, Annotated[str, "note"]],
)
def test_a_constraint_is_refused_since_the_constructor_does_not_check_it(annotation: Any) -> None:
    cls = dataclasses.make_dataclass(
        "Odd", [("payload", annotation)], bases=(Event,), frozen=True, kw_only=True
    )
    if annotation == Annotated[str, "note"]:  # no constraint
        EventCodec(names={"odd": cls})
    else:
        with pytest.raises(CodecError, match=r"Odd\.payload cannot be stored as"):
            EventCodec(names={"odd": cls})


def test_a_whole_number_that_came_back_as_a_float_proves_nothing_for_a_greater_one() -> None:
    assert CODEC.decode(CODEC.encode(Weighed(grams=3))) == Weighed(grams=3.0)
    with pytest.raises(CodecError, match="field grams: 9007199254740993 would come back as"):
        CODEC.encode(Weighed(grams=2**53 + 1))


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (Decimal("1.50"), Decimal("NaN")),
        (datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 1)),  # noqa: DTZ001  # on purpose
        (0.5, math.inf),
        (timedelta.max, None),
    ],
)
def test_a_class_that_came_back_is_still_tested_where_that_is_not_enough(
    good: Any, bad: Any
) -> None:
    annotation = {datetime: Moment}.get(type(good), type(good))
    cls = dataclasses.make_dataclass(
        "One", [("value", annotation)], bases=(Event,), frozen=True, kw_only=True
    )
    codec = EventCodec(names={"one": cls})
    for _ in range(2):
        assert codec.decode(codec.encode(cls(value=good))) == cls(value=good)
        with pytest.raises(CodecError, match="field value"):
            codec.encode(cls(value=bad))


def test_what_came_back_once_proves_nothing_for_another_value_inside() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Paid(Event):
        price: Money | None

    codec = EventCodec(names={"paid": Paid})
    for price in (Money(Decimal(1), "EUR"), None, Money(Decimal(2), "USD")):
        assert codec.decode(codec.encode(Paid(price=price))) == Paid(price=price)
    for wrong in (Decimal("NaN"), 1, None):
        with pytest.raises(CodecError, match="field price"):
            codec.encode(Paid(price=Money(wrong, "EUR")))  # type: ignore[arg-type]


def test_what_came_back_once_proves_nothing_for_a_value_in_a_slot() -> None:
    @dataclass(frozen=True, kw_only=True, slots=True)
    class Slotted(Event):
        grams: float

    @dataclass(frozen=True, kw_only=True)
    class Labelled(Slotted):
        text: str

    codec = EventCodec(names={"labelled": Labelled})
    codec.encode(Labelled(grams=0.5, text="x"))
    for wrong in (math.inf, "heavy"):
        with pytest.raises(CodecError, match="field grams"):
            codec.encode(Labelled(grams=wrong, text="x"))  # type: ignore[arg-type]


def test_a_field_that_is_not_compared_is_refused() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Careless(Event):
        grams: float | None = dataclasses.field(compare=False)

    with pytest.raises(CodecError, match="Careless has a field with compare=False"):
        EventCodec(names={"careless": Careless})


def test_a_union_may_have_a_name_by_a_type_statement() -> None:
    either = TypeAliasType("either", Noted | Weighed)
    names: dict[str, type[Event]] = {"noted": Noted, "weighed": Weighed}
    event = Weighed(grams=1.5)
    codec = EventCodec(either, names=names)
    assert codec.decode(codec.encode(event)) == event
    with pytest.raises(CodecError, match="Weighed'> is unknown"):
        EventCodec(either, names={"noted": Noted})


def test_a_field_that_the_constructor_does_not_take_is_worked_out_again() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Derived(Event):
        text: str
        length: int = dataclasses.field(init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "length", len(self.text))

    codec = EventCodec(names={"derived": Derived})
    assert codec.decode(codec.encode(Derived(text="four"))) == Derived(text="four")
    with pytest.raises(CodecError, match="field length is 5"):
        codec.decode(EncodedEvent("derived", 1, b'{"text":"four","length":5}'))


def test_a_combination_of_flags_comes_back() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Granted(Event):
        access: Access

    codec = EventCodec(names={"granted": Granted})
    both = Granted(access=Access.READ | Access.WRITE)
    assert codec.decode(codec.encode(both)) == both
    with pytest.raises(CodecError, match="access"):
        codec.decode(EncodedEvent("granted", 1, b'{"access":4}'))


def test_a_datetime_that_may_lack_its_zone_is_refused_with_the_remedy() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Rang(Event):
        at: datetime | None

    with pytest.raises(CodecError, match=r"Rang\.at cannot be stored as DateTime; use .*Moment"):
        EventCodec(names={"rang": Rang})


@pytest.mark.parametrize(("text", "number"), [(1, 1), ("x", "1"), ("x", True), (None, 1)])
def test_what_came_back_once_proves_nothing_for_other_types(text: Any, number: Any) -> None:
    @dataclass(frozen=True, kw_only=True)
    class Counted(Event):
        text: str
        number: int

    codec = EventCodec(names={"counted": Counted})
    codec.encode(Counted(text="x", number=1))
    with pytest.raises(CodecError, match="event 'counted' cannot be stored: field"):
        codec.encode(Counted(text=text, number=number))
    for _ in range(2):
        with pytest.raises(CodecError, match="field text"):
            codec.encode(Counted(text="\ud800", number=1))
    assert codec.decode(codec.encode(Counted(text="y", number=2**70))) == Counted(
        text="y", number=2**70
    )
