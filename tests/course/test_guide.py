import copy
from pathlib import Path
from typing import Any

import pytest

from workshop.course.errors import CourseError
from workshop.course.guide import GUIDE, guide_as_it_should_be, prove_guide
from workshop.course.manifest import Course
from workshop.course.notebooks import dumps, normalise
from workshop.course.slide_times import prove_slide_times, slides_on, solution_beside

MANIFEST = """\
title = "Lamps"
closing = "notebooks/03_good_night.ipynb"
parts = [{ id = "lamps", title = "Lamps", package = "lamps" }]

[[routes]]
id = "full"
title = "Full day"
total = 65
lunch_before = 2
segments = [
    { title = "Opening", minutes = 5, before = 1 },
    { title = "Break", minutes = 15, before = 2 },
]

[[routes]]
id = "half"
title = "Half day"
total = 20
segments = [{ title = "Tour", minutes = 3, before = 1 }]

[[steps]]
number = 1
id = "switching"
part = "lamps"
title = "Light"
learns = "a lamp is on or off"
writes = "The blanks."
file = "lamp.py"
full = { talk = 3, read = 6, write = 10, debrief = 1 }
half = { mode = "given" }
hints = ["What is missing?"]
why = "It is short."
teach = { ask = "Is it on?", watch_for = ["stuck", "loose"], cut = { how = "Give it.", full = 14 } }

[[steps]]
number = 2
id = "dimming"
part = "lamps"
title = "Less light"
learns = "less is enough"
writes = "The blanks."
file = "dimmer.py"
full = { talk = 2, read = 7, write = 14, debrief = 2 }
half = { mode = "written", talk = 1, read = 5, write = 10, debrief = 1 }
hints = ["What is missing?"]
why = "It is short."

[steps.teach]
ask = "How dim?"
watch_for = ["stuck", "loose"]
cut = { how = "Less.", full = 5, half = 2 }
"""

WRONG = '"""Your lamp is {}.\n\nWhy?\n"""\n\n\nclass Lamp:\n    pass\n'

SLIDES: list[dict[str, Any]] = [
    {"slot": "Opening", "minutes": 5},
    {"slot": 1, "minutes": 2, "half": 3, "half_slot": "Tour"},
    {"slot": 1, "minutes": 1, "exercise": True},
    {"slot": 1, "minutes": 1},
    {"slot": 2, "minutes": 1, "half": 0.5},
    {"slot": 2, "minutes": 1, "half": 0.5, "exercise": True},
    {"slot": 2, "minutes": 2, "half": 1},
]

TEXT = """\
# For instructors

By hand.

<!-- begin: route full -->
<!-- end -->

And <!-- begin: no block: it does not end a line -->

<!-- begin: route half -->
old
<!-- end -->

<!-- begin: steps -->
<!-- end -->

By hand, too.
"""

FULL = """\
| at | minutes | what | with |
|---|---:|---|---|
| 0:00 | 5 | **Opening** | `01_lamps` 1 |
| 0:05 | 20 | **1 · Light** |  |
| 0:05 | 3 | · talk | `01_lamps` 2-3 |
| 0:08 | 16 | · notebook, exercise | `notebooks/01_switching.ipynb`, `workshop check 1` |
| 0:24 | 1 | · debrief | `01_lamps` 4 |
| 0:25 | 15 | **Break** |  |
| | | *Lunch, as long as the house gives it* | |
| 0:40 | 25 | **2 · Less light** |  |
"""

HALF = """\
| at | minutes | what | with |
|---|---:|---|---|
| 0:00 | 3 | **Tour** | `01_lamps` 1 |
| 0:03 | 0 | **1 · Light** | given: nobody writes it |
| 0:03 | 17 | **2 · Less light** | first, everybody: `workshop catch-up 2` |
| 0:03 | 1 | · talk | `01_lamps` 2-3 |
| 0:04 | 15 | · notebook, exercise | `notebooks/02_dimming.ipynb`, `workshop check 2` |
| 0:19 | 1 | · debrief | `01_lamps` 4 |
"""

STEP = """\
### 2 · Less light

The lesson: less is enough.

- **Ask:** How dim?
- **What people get wrong:**
  - Your lamp is stuck.
  - Your lamp is loose.
- **When late:** Less. (saves 5 minutes, 2 on the half day)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for slug in ("01_switching", "02_dimming"):
        folder = tmp_path / "solutions" / "wrong" / slug
        folder.mkdir(parents=True)
        for name in ("stuck", "loose", "rare"):
            (folder / f"{name}.py").write_text(WRONG.format(name), encoding="utf-8")
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "course.toml").write_text(MANIFEST, encoding="utf-8")
    (tmp_path / "slides").mkdir()
    (tmp_path / GUIDE).write_text(TEXT, encoding="utf-8")
    write_deck(tmp_path, SLIDES)
    return tmp_path


def write_deck(root: Path, slides: list[dict[str, Any]]) -> None:
    cells = [
        {
            "cell_type": "markdown",
            "metadata": {"slideshow": {"slide_type": "slide"}, **slide},
            "source": "# A lamp",
        }
        for slide in slides
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path = root / "slides" / "01_lamps.ipynb"
    path.write_text(dumps(normalise(notebook)), encoding="utf-8")


def course(root: Path) -> Course:
    return Course.load(root / "exercises" / "course.toml")


def test_the_tables_of_the_routes_are_made_from_manifest_and_decks(root: Path) -> None:
    guide = guide_as_it_should_be(course(root), root)
    assert FULL in guide
    assert HALF in guide
    assert "\nold\n" not in guide


def test_each_step_says_what_to_ask_what_goes_wrong_and_what_to_cut(root: Path) -> None:
    guide = guide_as_it_should_be(course(root), root)
    assert STEP in guide
    assert "rare" not in guide


def test_what_is_written_by_hand_stays(root: Path) -> None:
    guide = guide_as_it_should_be(course(root), root)
    assert guide.startswith("# For instructors\n\nBy hand.\n")
    assert guide.endswith("\nBy hand, too.\n")


def test_the_guide_is_current_once_it_was_written(root: Path) -> None:
    assert not prove_guide(course(root), root).ok
    guide = guide_as_it_should_be(course(root), root)
    (root / GUIDE).write_text(guide, encoding="utf-8")
    assert prove_guide(course(root), root).ok
    assert guide_as_it_should_be(course(root), root) == guide


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("<!-- begin: steps -->", ""), "needs the blocks"),
        (("begin: steps", "begin: stops"), "needs the blocks"),
    ],
)
def test_a_block_that_is_missing_or_unknown_is_named(
    root: Path, change: tuple[str, str], complaint: str
) -> None:
    (root / GUIDE).write_text(TEXT.replace(*change), encoding="utf-8")
    with pytest.raises(CourseError, match=complaint):
        guide_as_it_should_be(course(root), root)


def test_a_wrong_answer_to_watch_for_must_exist(root: Path) -> None:
    manifest = root / "exercises" / "course.toml"
    manifest.write_text(MANIFEST.replace('"loose"', '"lost"'), encoding="utf-8")
    with pytest.raises(CourseError, match="Step 1 has no wrong answer 'lost' to watch for"):
        guide_as_it_should_be(course(root), root)


def test_slides_are_numbered_as_the_route_shows_them(root: Path) -> None:
    assert [slide.number for slide in slides_on(root, "full")] == [1, 2, 3, 4, 5, 6, 7]
    assert [slide.slot for slide in slides_on(root, "half")] == ["Tour", 2, 2, 2]
    assert [slide.number for slide in slides_on(root, "half")] == [1, 2, 3, 4]


def test_slides_that_take_their_minutes_are_right(root: Path) -> None:
    finding = prove_slide_times(course(root), root)
    assert finding.ok, finding.detail
    assert finding.detail == "Full day 13 minutes, Half day 5 minutes"


@pytest.mark.parametrize(
    ("place", "change", "complaint"),
    [
        (0, {"minutes": 4}, "Full day: Opening has slides for 4 + 0 minutes, and 5 + 0 in the"),
        (1, {"minutes": 1}, "Full day: step 1 has slides for 2 + 1 minutes, and 3 + 1 in"),
        (2, {"exercise": False}, "Full day: step 1 has slides for 4 + 0 minutes, and 3 + 1 in"),
        (3, {"minutes": 3}, "Full day: step 1 has slides for 3 + 3 minutes, and 3 + 1 in"),
        (1, {"half": 2}, "Half day: Tour has slides for 2 + 0 minutes, and 3 + 0 in"),
        (6, {"half": 0}, "Half day: step 2 has slides for 1 + 0 minutes, and 1 + 1 in"),
        (0, {"slot": "Overture"}, "Full day: Overture is no part of it, but has slides"),
        (3, {"half": 1}, "Half day: step 1 has slides for 1 + 0 minutes, and 0 + 0 in"),
    ],
)
def test_slides_that_take_other_minutes_are_found(
    root: Path, place: int, change: dict[str, Any], complaint: str
) -> None:
    slides = copy.deepcopy(SLIDES)
    slides[place] |= change
    write_deck(root, slides)
    finding = prove_slide_times(course(root), root)
    assert not finding.ok
    assert complaint in finding.detail


@pytest.mark.parametrize(
    ("demo", "file"),
    [
        ("01_light.ipynb", "solutions/lamps/lamp.py"),
        ("07_night.ipynb", "solutions/lamps/dimmer.py"),
    ],
)
def test_beside_a_demonstration_stands_the_solution(root: Path, demo: str, file: str) -> None:
    assert solution_beside(root / "slides" / "demos" / demo, root, course(root)) == file
