from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workshop.course.progress import StepProgress, caught_up_to, fold
from workshop.course.progress_events import (
    PROGRESS_CODEC,
    CaughtUp,
    ChangeUndone,
    GivenStepChecked,
    HintTaken,
    SolutionShown,
    StepChecked,
    StepPassed,
    StepReset,
    told,
)
from workshop.eventsourcing import Event, EventCodec, MemoryEventStore, SqliteEventStore

START = datetime(2026, 9, 18, 9, 0, tzinfo=UTC)


def failed(step: str = "one", verdict: str = "failed", mistake: str | None = None) -> Event:
    return StepChecked(step=step, verdict=verdict, mistake=mistake, digest="d")


def passed(step: str = "one") -> Event:
    return StepPassed(step=step, digest="d")


def given(step: str = "one") -> Event:
    return GivenStepChecked(step=step, digest="d")


def hint(number: int, step: str = "one") -> Event:
    return HintTaken(step=step, number=number)


ALL = ("one", "two", "three", "four")


def caught_up(backup: str | None = "b1", touched: tuple[str, ...] = ALL) -> Event:
    return CaughtUp(
        step="three",
        given=("one", "two"),
        blanked=("three", "four"),
        backup=backup,
        touched=touched,
    )


def reset(step: str = "one", backup: str | None = "b2", *touched: str) -> Event:
    return StepReset(step=step, backup=backup, touched=touched or (step,))


def after(*events: Event) -> dict[str, StepProgress]:
    """The progress after these events, ten minutes apart."""
    minutes = iter(range(0, 1000, 10))
    store = MemoryEventStore(PROGRESS_CODEC, clock=lambda: START + timedelta(minutes=next(minutes)))
    for event in events:
        store.append("student", [event], expected_version=None)
    return fold(store.read("student"))


def states(*events: Event) -> dict[str, str]:
    return {step: progress.state for step, progress in after(*events).items()}


def test_nothing_happened_is_no_progress() -> None:
    assert after() == {}


def test_a_check_that_does_not_pass_is_an_attempt() -> None:
    progress = after(failed(), failed(mistake="never_on"))["one"]

    assert (progress.state, progress.attempts) == ("started", 2)


def test_to_look_at_a_blank_is_no_attempt() -> None:
    assert after(failed(verdict="not started")) == {}


def test_half_way_is_a_start_and_no_failed_check() -> None:
    progress = after(failed(verdict="so far right"), passed())["one"]

    assert (progress.state, progress.attempts, progress.minutes) == ("passed", 0, 10)
    assert states(failed(verdict="so far right")) == {"one": "started"}


def test_a_pass_is_a_pass_until_the_next_check_fails() -> None:
    assert states(failed(), passed()) == {"one": "passed"}
    assert states(passed(), failed()) == {"one": "started"}
    assert states(passed(), failed(), passed()) == {"one": "passed"}


def test_of_hints_the_highest_counts() -> None:
    progress = after(hint(1), hint(2), hint(1))["one"]

    assert (progress.state, progress.hints) == ("started", 2)


def test_a_hint_after_the_pass_does_not_take_it_away() -> None:
    assert states(passed(), hint(1)) == {"one": "passed"}


def test_time_runs_from_the_first_check_or_hint_to_the_first_pass() -> None:
    assert after(hint(1), failed(), passed())["one"].minutes == 20
    assert after(hint(1), passed(), failed(), passed())["one"].minutes == 10


def test_without_a_pass_time_runs_to_the_latest_event() -> None:
    assert after(failed(), failed("two"), SolutionShown(step="one"))["one"].minutes == 20


def test_a_step_that_was_never_begun_has_no_time() -> None:
    assert after(caught_up())["one"].minutes is None


def test_catching_up_gives_what_is_before_and_blanks_what_is_after() -> None:
    assert states(passed("one"), failed("two"), passed("four"), caught_up()) == {
        "one": "passed",
        "two": "caught up",
        "three": "not started",
        "four": "not started",
    }


def test_undoing_a_catch_up_brings_back_the_states_of_its_steps() -> None:
    assert states(
        passed("one"), failed("two"), passed("four"), caught_up(), ChangeUndone(backup="b1")
    ) == {"one": "passed", "two": "started", "three": "not started", "four": "passed"}


def test_undoing_leaves_the_steps_alone_that_the_change_did_not_touch() -> None:
    assert (
        states(caught_up(), passed("elsewhere"), ChangeUndone(backup="b1"))["elsewhere"] == "passed"
    )


def test_undoing_leaves_a_step_alone_that_went_on_in_a_file_that_was_not_changed() -> None:
    change = caught_up("b1", ("one", "two", "three"))
    undone = ChangeUndone(backup="b1")

    assert states(change, passed("four"), undone)["four"] == "passed"
    assert states(change, failed("four"), undone)["four"] == "started"
    assert states(change, passed("three"), undone)["three"] == "not started"


def test_undoing_brings_back_a_state_that_nothing_befell_since() -> None:
    change = caught_up("b1", ("three",))
    undone = ChangeUndone(backup="b1")

    assert states(change)["one"] == "caught up"
    assert states(change, undone)["one"] == "not started"
    assert states(passed("four"), change, undone)["four"] == "passed"


def test_undoing_a_reset_brings_back_what_else_was_in_its_files() -> None:
    change = reset("one", "b2", "one", "two")
    undone = ChangeUndone(backup="b2")

    assert states(passed("one"), change, passed("two"), undone) == {
        "one": "passed",
        "two": "not started",
    }


def test_a_check_of_what_was_given_passes_nothing() -> None:
    assert states(caught_up(), given("one"))["one"] == "caught up"
    assert after(given("one")) == {}


def reached(*events: Event) -> str | None:
    store = MemoryEventStore(PROGRESS_CODEC, clock=lambda: START)
    for event in events:
        store.append("student", [event], expected_version=None)
    return caught_up_to(store.read("student"))


def test_where_somebody_caught_up_to_is_where_they_did_so_last() -> None:
    elsewhere = CaughtUp(step="nine", given=(), blanked=("nine",), backup="b9", touched=("nine",))
    undone = ChangeUndone(backup="b9")

    assert reached() is None
    assert reached(caught_up(), elsewhere) == "nine"
    assert reached(caught_up(), elsewhere, undone) == "three"
    assert reached(caught_up(), elsewhere, undone, ChangeUndone(backup="b1")) is None
    assert reached(caught_up(), ChangeUndone(backup="of a reset")) == "three"


def test_a_catch_up_that_changed_nothing_goes_with_the_one_before_it() -> None:
    assert reached(caught_up(), caught_up(None)) == "three"
    assert reached(caught_up(), caught_up(None), ChangeUndone(backup="b1")) is None


@dataclass(frozen=True, kw_only=True)
class CaughtUpOfLastYear(Event):
    step: str
    given: tuple[str, ...]
    blanked: tuple[str, ...]
    backup: str | None


@dataclass(frozen=True, kw_only=True)
class StepResetOfLastYear(Event):
    step: str
    backup: str | None


def test_what_was_recorded_before_is_still_read(tmp_path: Path) -> None:
    last_year = EventCodec(
        names={"caught-up": CaughtUpOfLastYear, "step-reset": StepResetOfLastYear}
    )
    with closing(SqliteEventStore(tmp_path / "progress.db", last_year)) as store:
        change = CaughtUpOfLastYear(step="two", given=("one",), blanked=("two",), backup="b1")
        again = StepResetOfLastYear(step="two", backup="b2")
        store.append("student", [change, again], expected_version=0)

    with closing(SqliteEventStore(tmp_path / "progress.db", PROGRESS_CODEC)) as store:
        assert [stored.event for stored in store.read("student")] == [
            CaughtUp(
                step="two", given=("one",), blanked=("two",), backup="b1", touched=("one", "two")
            ),
            StepReset(step="two", backup="b2", touched=("two",)),
        ]


def test_changes_are_undone_newest_first() -> None:
    assert states(passed(), caught_up(), reset())["one"] == "not started"
    assert states(passed(), caught_up(), reset(), ChangeUndone(backup="b2"))["one"] == "passed"


@pytest.mark.parametrize(
    "event",
    [ChangeUndone(backup="unheard-of"), caught_up(backup=None), reset("x", None)],
)
def test_what_cannot_be_undone_does_no_harm(event: Event) -> None:
    assert states(passed("elsewhere"), event)["elsewhere"] == "passed"


def test_attempts_and_hints_survive_a_reset() -> None:
    progress = after(failed(), hint(2), reset(backup="b1"))["one"]

    assert (progress.state, progress.attempts, progress.hints) == ("not started", 1, 2)


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (failed(), "checked [one]: failed"),
        (failed(mistake="never_on"), "checked [one]: failed (never on)"),
        (passed(), "passed [one]"),
        (given("one"), "checked [one]: our solution passes"),
        (hint(2), "took hint 2 of [one]"),
        (SolutionShown(step="one"), "looked at the solution of [one]"),
        (caught_up(), "caught up to [three]"),
        (reset(), "reset [one]"),
        (ChangeUndone(backup="b1"), "took the last change back"),
    ],
)
def test_every_event_is_a_line_of_the_log(event: Event, line: str) -> None:
    assert told(event) == line
