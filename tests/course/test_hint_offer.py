from datetime import UTC, datetime, timedelta

import pytest

from workshop.course.hint_offer import is_stuck
from workshop.course.progress_events import (
    PROGRESS_CODEC,
    CaughtUp,
    HintTaken,
    SolutionShown,
    StepChecked,
    StepPassed,
    StepReset,
)
from workshop.eventsourcing import Event, MemoryEventStore

START = datetime(2026, 9, 18, 9, 0, tzinfo=UTC)

PASSED = StepPassed(step="one", digest="d")
HINT = HintTaken(step="one", number=1)


def checked(verdict: str = "failed", step: str = "one") -> Event:
    return StepChecked(step=step, verdict=verdict, mistake=None, digest="d")


def stuck(*events: tuple[int, Event]) -> bool:
    """Whether somebody is stuck at the step, with events at these minutes."""
    minutes = iter([minute for minute, _ in events])
    store = MemoryEventStore(PROGRESS_CODEC, clock=lambda: START + timedelta(minutes=next(minutes)))
    for _, event in events:
        store.append("student", [event], expected_version=None)
    return is_stuck(store.read("student"), ["one", "formerly one"])


def at_once(*events: Event) -> bool:
    return stuck(*((0, event) for event in events))


def test_at_first_nobody_is_stuck() -> None:
    assert not at_once()
    assert not at_once(checked())


def test_two_failed_checks_are_not_yet_stuck_and_three_are() -> None:
    assert not at_once(checked(), checked())
    assert at_once(checked(), checked(), checked())
    assert at_once(checked(), checked("timed out"), checked(), checked())


@pytest.mark.parametrize("verdict", ["not started", "syntax error", "import error", "crashed"])
def test_a_check_that_no_hint_helps_with_neither_counts_nor_breaks_the_row(verdict: str) -> None:
    assert not at_once(checked(), checked(), checked(verdict))
    assert at_once(checked(), checked(), checked(verdict), checked())


@pytest.mark.parametrize(
    "between",
    [
        checked("so far right"),
        HINT,
        PASSED,
        SolutionShown(step="one"),
        StepReset(step="one", backup="b", touched=("one",)),
        CaughtUp(step="one", given=(), blanked=("one",), backup="b", touched=("one",)),
    ],
)
def test_what_helps_or_succeeds_begins_a_new_row(between: Event) -> None:
    assert not at_once(checked(), checked(), between, checked(), checked())
    assert at_once(checked(), checked(), between, checked(), checked(), checked())


def test_checks_of_another_step_count_for_that_step() -> None:
    assert not at_once(checked(), checked(), checked(step="two"))
    assert at_once(checked(), checked(), checked(step="two"), checked())


def test_what_was_recorded_under_an_older_name_counts() -> None:
    assert at_once(checked(step="formerly one"), checked(step="formerly one"), checked())


def test_ten_minutes_of_work_are_enough() -> None:
    assert not stuck((0, checked()), (9, checked()))
    assert stuck((0, checked()), (10, checked()))
    assert stuck((0, checked("not started")), (4, checked("so far right")), (10, checked()))


def test_ten_minutes_in_front_of_a_blank_are_enough() -> None:
    assert stuck((0, checked("not started")), (11, checked("not started")))


def test_after_a_hint_the_ten_minutes_begin_anew() -> None:
    assert not stuck((0, checked()), (9, HINT), (18, checked()))
    assert stuck((0, checked()), (9, HINT), (19, checked()))


def test_what_was_before_the_first_check_is_reading() -> None:
    assert not stuck((0, checked(step="zero")), (25, checked()))


def test_lunch_is_no_work() -> None:
    assert not stuck((0, checked()), (5, checked()), (65, checked("so far right")))


def test_the_time_of_another_step_is_not_this_ones() -> None:
    two = checked(step="two")

    assert not stuck((0, checked()), (1, two), (14, two), (15, checked()))


def test_a_pass_ends_the_work() -> None:
    assert not stuck((0, checked()), (11, PASSED))
    assert not stuck((0, checked()), (9, PASSED), (18, checked()))
