from dataclasses import dataclass
from typing import TypeAlias, assert_never

import pytest

from workshop.eventsourcing import Aggregate, Event
from workshop.eventsourcing.testing import given


@dataclass(frozen=True, kw_only=True)
class Lit(Event):
    lamp_id: str


@dataclass(frozen=True, kw_only=True)
class Dimmed(Event):
    percent: int


LampEvent: TypeAlias = Lit | Dimmed


class Lamp(Aggregate[LampEvent]):
    id: str = ""

    def dim(self, percent: int) -> None:
        if not self.id:
            raise ValueError("the lamp is not lit")
        if percent == 13:
            self.record(Dimmed(percent=percent))  # too early: this is the mistake
            raise ValueError("unlucky")
        self.record(Dimmed(percent=percent))

    def apply(self, event: LampEvent) -> None:
        match event:
            case Lit():
                self.id = event.lamp_id
            case Dimmed():
                pass
            case _:
                assert_never(event)


def light(lamp_id: str) -> Lamp:
    lamp = Lamp()
    lamp.record(Lit(lamp_id=lamp_id))
    return lamp


def test_a_specification_that_is_met_says_nothing() -> None:
    given(Lamp, Lit(lamp_id="l")).when(lambda lamp: lamp.dim(5)).then(Dimmed(percent=5))


def test_history_is_not_counted_as_recorded() -> None:
    given(Lamp, Lit(lamp_id="l"), Dimmed(percent=1)).when(lambda lamp: None).then()


def test_a_function_that_makes_the_aggregate_can_be_specified() -> None:
    given(Lamp).when(lambda _: light("l")).then(Lit(lamp_id="l"))


def test_a_refusal_can_be_specified() -> None:
    given(Lamp).when(lambda lamp: lamp.dim(5)).raises(ValueError, match="not lit")


def test_another_event_fails_the_specification_in_words() -> None:
    outcome = given(Lamp, Lit(lamp_id="l")).when(lambda lamp: lamp.dim(5))
    with pytest.raises(AssertionError) as failure:
        outcome.then(Dimmed(percent=6), Lit(lamp_id="l"))
    assert str(failure.value) == (
        "the specification is not met\n"
        "given\n"
        "    Lit(lamp_id='l')\n"
        "expected\n"
        "    Dimmed(percent=6)\n"
        "    Lit(lamp_id='l')\n"
        "but got\n"
        "    Dimmed(percent=5)"
    )


@pytest.mark.parametrize(
    "expected", [(), (Dimmed(percent=5), Dimmed(percent=5)), (Dimmed(percent=4),)]
)
def test_whole_events_are_compared_all_of_them(expected: tuple[Event, ...]) -> None:
    with pytest.raises(AssertionError):
        given(Lamp, Lit(lamp_id="l")).when(lambda lamp: lamp.dim(5)).then(*expected)


def test_nothing_instead_of_an_event_fails_in_words() -> None:
    with pytest.raises(AssertionError, match=r"(?s)expected\n    Lit.*but got\n    no events"):
        given(Lamp).when(lambda lamp: None).then(Lit(lamp_id="l"))


def test_an_error_instead_of_an_event_is_told_and_kept_as_the_cause() -> None:
    with pytest.raises(AssertionError, match=r"but got\n    ValueError\('the lamp") as failure:
        given(Lamp).when(lambda lamp: lamp.dim(5)).then(Dimmed(percent=5))
    assert isinstance(failure.value.__cause__, ValueError)


def test_no_error_fails_in_words() -> None:
    outcome = given(Lamp, Lit(lamp_id="l")).when(lambda lamp: lamp.dim(5))
    with pytest.raises(AssertionError, match=r"(?s)LookupError is raised.*no error, and Dimmed"):
        outcome.raises(LookupError)


@pytest.mark.parametrize(("error", "match"), [(LookupError, ""), (ValueError, "broken")])
def test_another_error_or_message_fails(error: type[Exception], match: str) -> None:
    with pytest.raises(AssertionError, match="the lamp is not lit"):
        given(Lamp).when(lambda lamp: lamp.dim(5)).raises(error, match=match)


def test_a_refusal_that_had_already_recorded_fails() -> None:
    outcome = given(Lamp, Lit(lamp_id="l")).when(lambda lamp: lamp.dim(13))
    with pytest.raises(AssertionError, match=r"(?s)and nothing is recorded.*Dimmed\(percent=13\)"):
        outcome.raises(ValueError, match="unlucky")


def test_an_aggregate_of_ones_own_making_can_be_specified() -> None:
    class Tally:
        def __init__(self) -> None:
            self.pending: list[Event] = []
            self.total = 0

        @classmethod
        def replay(cls, events: tuple[Dimmed, ...]) -> "Tally":
            tally = cls()
            tally.total = len(events)
            return tally

        def add(self) -> None:
            self.pending.append(Dimmed(percent=self.total))

    given(Tally, Dimmed(percent=1)).when(Tally.add).then(Dimmed(percent=1))
