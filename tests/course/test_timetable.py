from pathlib import Path

import pytest

from workshop.course.errors import CourseError
from workshop.course.manifest import Course
from workshop.course.timetable import cuts_for, route_of, timetable

LATE_COURSE = """\
title = "Lamps"
closing = "notebooks/05_good_night.ipynb"
parts = [{ id = "lamps", title = "Lamps", package = "lamps" }]

[[routes]]
id = "full"
title = "Full day"
total = 75
lunch_before = 3
segments = [
    { title = "Opening", minutes = 5, before = 1 },
    { title = "Break", minutes = 10, before = 3 },
    { title = "Close", minutes = 5 },
]

[[routes]]
id = "half"
title = "Half day"
total = 25
segments = [{ title = "Opening", minutes = 5, before = 1 }]
"""

STEP = """
[[steps]]
number = {number}
id = "step_{number}"
part = "lamps"
title = "Lamp {number}"
learns = "to switch"
writes = "The blanks."
file = "lamp.py"
full = {{ talk = 2, read = 3, write = 12, debrief = 1 }}
half = {{ mode = "{mode}", write = {half} }}
hints = ["What is missing?"]
why = "It is short."

[steps.teach]
ask = "Is it on?"
watch_for = ["a", "b", "c"]
cut = {{ how = "Shorten it.", full = {saves}, half = {saves_half} }}
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    steps = [
        (1, "written", 10, 6, 2),
        (2, "given", 0, 9, 0),
        (3, "written", 10, 8, 3),
        (4, "given", 0, 4, 0),
    ]
    text = LATE_COURSE + "".join(
        STEP.format(number=number, mode=mode, half=half, saves=saves, saves_half=saves_half)
        for number, mode, half, saves, saves_half in steps
    )
    path = tmp_path / "course.toml"
    path.write_text(text, encoding="utf-8")
    return Course.load(path)


def day(course: Course, route: str = "full", lunch: int = 0) -> list[tuple[str, int, int]]:
    blocks = timetable(course, route_of(course, route), lunch)
    return [(block.title, block.begins, block.minutes) for block in blocks]


def cut(course: Course, late: int, after: int = 0, route: str = "full") -> list[int]:
    blocks = timetable(course, route_of(course, route))
    to_come = [block for block in blocks if block.step and block.step.number > after]
    chosen = cuts_for(to_come, route_of(course, route), late)
    return [block.step.number for block, _ in chosen if block.step]


def test_the_blocks_of_a_day_follow_each_other(course: Course) -> None:
    assert day(course) == [
        ("Opening", 0, 5),
        ("Lamp 1", 5, 18),
        ("Lamp 2", 23, 18),
        ("Break", 41, 10),
        ("Lamp 3", 51, 18),
        ("Lamp 4", 69, 18),
        ("Close", 87, 5),
    ]


def test_lunch_moves_what_comes_after_it(course: Course) -> None:
    assert day(course, lunch=60)[3:6] == [
        ("Break", 41, 10),
        ("Lunch", 51, 60),
        ("Lamp 3", 111, 18),
    ]
    assert "Lunch" not in [title for title, _, _ in day(course, "half", lunch=60)]


def test_a_given_step_is_there_with_no_minutes(course: Course) -> None:
    assert day(course, "half") == [
        ("Opening", 0, 5),
        ("Lamp 1", 5, 10),
        ("Lamp 2", 15, 0),
        ("Lamp 3", 15, 10),
        ("Lamp 4", 25, 0),
    ]


def test_what_the_half_day_does_without_is_cut_first(course: Course) -> None:
    assert cut(course, 9) == [2]
    assert cut(course, 10) == [2, 4]
    assert cut(course, 14) == [2, 3]  # 9 + 4 would not do, and 9 + 4 + 8 is more than is needed


def test_only_what_is_still_to_come_is_cut(course: Course) -> None:
    assert cut(course, 3, after=2) == [4]
    assert cut(course, 5, after=3) == [4]
    assert cut(course, 1, after=4) == []


def test_too_late_means_all_of_it(course: Course) -> None:
    assert cut(course, 999) == [1, 2, 3, 4]


def test_the_half_day_has_cuts_of_its_own(course: Course) -> None:
    assert cut(course, 3, route="half") == [3]
    assert cut(course, 4, route="half") == [1, 3]


def test_an_unknown_route_is_refused_with_those_that_there_are(course: Course) -> None:
    with pytest.raises(CourseError, match=r"no route 'night'. The routes are: full, half\.$"):
        route_of(course, "night")


def test_a_segment_has_its_place_before_a_step_that_there_is(tmp_path: Path) -> None:
    path = tmp_path / "course.toml"
    steps = STEP.format(number=1, mode="written", half=10, saves=1, saves_half=1)
    path.write_text(LATE_COURSE + steps, encoding="utf-8")
    with pytest.raises(CourseError, match="something before step 3"):
        Course.load(path)
