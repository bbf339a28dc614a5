from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from tests.course.conftest import manifest
from workshop.course.manifest import Course
from workshop.course.onward import Ahead, after_pass, after_solution, at_the_end, to_go_on
from workshop.course.progress import StepProgress

CLOSING = "notebooks/04_good_night.ipynb"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Two steps of the day, and two stretch steps behind them."""
    text = manifest(3).replace("number = 3\n", "number = 3\nstretch = true\n")
    head, table, last = text.rpartition("[[steps]]")
    fourth = last.replace("number = 3", "number = 5").replace('"counting"', '"more_counting"')
    file = tmp_path / "course.toml"
    file.write_text(f"{head}{table}{last}{table}{fourth}", encoding="utf-8")
    return Course.load(file)


def ahead(course: Course, done: Sequence[int]) -> Ahead:
    """What is open when these steps are passed or caught up."""
    states = {number: "passed" if number % 2 else "caught up" for number in done}
    progress = {course.step(n).id: StepProgress(state=state) for n, state in states.items()}
    return Ahead.of(course, progress)


@pytest.mark.parametrize(
    ("step", "done", "action"),
    [
        (1, [1], "Next is step 2: `workshop lab 2`."),
        (2, [2], "Step 1 of the day is still open: `workshop lab 1`."),
        (
            2,
            [1, 2],
            f"Every step of the day is done. Read `{CLOSING}`. Time left? "
            "Steps 3 and 5 are extra, in any order: `workshop lab 3`.",
        ),
        (1, [1, 2, 3, 5], f"Every step of the day is done. Read `{CLOSING}`."),
        (3, [1, 2, 3], "Extra step 5 is left: `workshop lab 5`."),
        (5, [1, 2, 5], "Extra step 3 is left: `workshop lab 3`."),
        (3, [3], "Extra step 5 is left: `workshop lab 5`."),
        (
            5,
            [1, 2, 3, 5],
            "That was the last of the extra steps. You have done all that there is: "
            "`workshop log` tells your day.",
        ),
        (
            5,
            [3, 5],
            "That was the last of the extra steps. "
            "Steps 1 and 2 of the day are still open: `workshop lab 1`.",
        ),
    ],
)
def test_after_a_pass_the_way_leads_on(
    course: Course, step: int, done: list[int], action: str
) -> None:
    assert after_pass(course.step(step), ahead(course, done)) == action


def test_after_a_step_with_a_sequel_both_ways_are_told(course: Course) -> None:
    step = msgspec.structs.replace(course.step(3), sequel="notebooks/06_more.ipynb")

    assert after_pass(step, ahead(course, [1, 2, 3])) == (
        "`notebooks/06_more.ipynb` goes on from here. Extra step 5 is left: `workshop lab 5`."
    )


def test_at_the_end_of_the_day_one_extra_step_is_enough(course: Course) -> None:
    action = at_the_end(ahead(course, [1, 2, 3]))

    assert action == f"Read `{CLOSING}`. Time left? Step 5 is extra: `workshop lab 5`."


@pytest.mark.parametrize(
    ("step", "done", "last"),
    [
        (1, [], "To go on with ours: `workshop catch-up 2`."),
        (2, [1], "then `workshop check 2`."),
        (3, [1, 2], "then `workshop check 3`."),
    ],
    ids=["there is a next step", "the next step is of another part", "nothing builds on it"],
)
def test_after_the_solution_ours_is_offered_where_it_leads_on(
    course: Course, step: int, done: list[int], last: str
) -> None:
    action = after_solution(course.step(step), ahead(course, done), passed=False)

    assert action.endswith(last)


def test_after_the_solution_of_what_has_passed_the_way_leads_on(course: Course) -> None:
    action = after_solution(course.step(1), ahead(course, [1]), passed=True)

    assert action == "Next is step 2: `workshop lab 2`."


@pytest.mark.parametrize(
    ("step", "done", "begun", "action"),
    [
        (
            1,
            [],
            False,
            "Read `notebooks/01_switching.ipynb`, write in `lamp.py` (`workshop lab 1` opens "
            "both), and run `workshop check 1`. To go on without it: `workshop catch-up 2`. "
            "What is yours is kept.",
        ),
        (
            2,
            [1],
            True,
            "Go on in `lamp.py`, and run `workshop check 2`. To go on without it: "
            f"`workshop catch-up 3`, or read `{CLOSING}`. What is yours is kept.",
        ),
        (
            2,
            [1, 3, 5],
            True,
            "Go on in `lamp.py`, and run `workshop check 2`. To go on without it, "
            f"read `{CLOSING}`.",
        ),
        (
            5,
            [1, 2],
            True,
            "Go on in `lamp.py`, and run `workshop check 5`. Or take another one: "
            "`workshop lab 3`.",
        ),
        (5, [1, 2, 3], True, "Go on in `lamp.py`, and run `workshop check 5`."),
    ],
    ids=["at its start", "the last of the day", "nothing else is open", "an extra one", "the last"],
)
def test_a_step_can_be_done_or_left_behind(
    course: Course, step: int, done: list[int], begun: bool, action: str
) -> None:
    assert to_go_on(course.step(step), "lamp.py", ahead(course, done), begun=begun) == action
