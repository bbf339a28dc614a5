import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workshop.course.errors import CourseError
from workshop.course.manifest import Course
from workshop.course.pace import Day, pace, recall, remember

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT / "exercises" / "course.toml")

NINE = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
FULL = Day(start=NINE, route="full", lunch=60)
HALF = Day(start=NINE, route="half", lunch=60)


def after(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def begins(step: int, day: Day = FULL) -> datetime:
    (block,) = (each for each in pace(COURSE, day, NINE).blocks if each.number == step)
    return block.planned


def test_the_full_day_ends_after_its_minutes_and_lunch() -> None:
    result = pace(COURSE, FULL, NINE)
    assert (result.start, result.end) == (NINE, after(360 + 60))
    assert result.blocks[0].planned == NINE
    assert [b.minutes for b in result.blocks if b.title == "Lunch"] == [60]


def test_the_half_day_has_no_lunch() -> None:
    result = pace(COURSE, HALF, NINE)
    assert result.end == after(180)
    assert "Lunch" not in [block.title for block in result.blocks]
    assert [b.number for b in result.blocks if b.mode == "given"] == [1, 2, 4, 8, 10]
    assert [b.number for b in result.blocks if b.mode == "shown"] == [13, 14]


def test_without_a_word_the_plan_is_believed() -> None:
    result = pace(COURSE, FULL, begins(3) + timedelta(minutes=1))
    assert result.late is None
    assert result.cuts == ()
    states = {block.number: block.state for block in result.blocks if block.number}
    assert (states[2], states[3], states[4]) == ("over", "now", "to come")
    assert all(block.expected == block.planned for block in result.blocks)


@pytest.mark.parametrize(("minutes", "state"), [(-5, "to come"), (1000, "over")])
def test_before_and_after_the_day_no_block_is_now(minutes: int, state: str) -> None:
    result = pace(COURSE, FULL, after(minutes))
    assert {block.state for block in result.blocks} == {state}


def test_a_step_that_begins_late_moves_what_follows_and_says_what_to_cut() -> None:
    result = pace(COURSE, FULL, begins(5) + timedelta(minutes=12), at=5)
    assert result.late == 12
    (five,) = (block for block in result.blocks if block.number == 5)
    assert (five.state, five.expected) == ("now", begins(5) + timedelta(minutes=12))
    assert result.saved >= 12
    assert all(cut.step.number >= 5 for cut in result.cuts)
    assert [cut.step.number for cut in result.cuts] == sorted(c.step.number for c in result.cuts)


def test_a_step_that_begins_early_needs_no_cut() -> None:
    result = pace(COURSE, FULL, begins(5) - timedelta(minutes=4), at=5)
    assert (result.late, result.cuts) == (-4, ())


def test_a_step_that_the_course_does_not_have_is_refused() -> None:
    with pytest.raises(CourseError, match="The day has no step 77"):
        pace(COURSE, FULL, NINE, at=77)


def test_the_day_is_remembered_until_it_is_over(tmp_path: Path) -> None:
    remember(HALF, tmp_path / "new")
    assert recall(tmp_path / "new", after(100)) == HALF
    with pytest.raises(CourseError, match="Say when the day begins: `workshop pace --start 09:30`"):
        recall(tmp_path / "new", NINE + timedelta(days=1))


@pytest.mark.parametrize("text", ["", "{", "[]", json.dumps({"start": 5}), '{"start": "soon"}'])
def test_what_was_remembered_badly_is_asked_for_again(tmp_path: Path, text: str) -> None:
    (tmp_path / "pace.json").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match="Say when the day begins"):
        recall(tmp_path, NINE)
