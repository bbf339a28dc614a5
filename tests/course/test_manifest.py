from pathlib import Path

import pytest

from workshop.course.errors import CourseError
from workshop.course.manifest import Course

ROOT = Path(__file__).parents[2]


def load(root: Path, *changes: tuple[str, str]) -> Course:
    path = root / "exercises" / "course.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return Course.load(path)


def test_a_steps_files_follow_from_its_number_and_id(tiny: Path) -> None:
    step = load(tiny).step(2)

    assert step.slug == "02_dimming"
    assert step.test_file == "exercises/test_02_dimming.py"
    assert step.notebook == "notebooks/02_dimming.ipynb"
    assert (step.ref.number, step.ref.id, step.ref.title) == (2, "dimming", "Less light")


def test_a_step_knows_its_part_and_what_came_before_in_it(tiny: Path) -> None:
    course = load(tiny)

    assert course.part_of(course.step(2)).package == "lamps"
    assert [step.number for step in course.earlier_in_part(course.step(2))] == [1]
    assert course.earlier_in_part(course.step(3)) == ()


def test_a_step_is_found_by_its_id_and_by_its_aliases(tiny: Path) -> None:
    course = load(tiny)

    assert course.step_by_id("dimming") is course.step(2)
    assert course.step_by_id("brightness") is course.step(2)
    assert course.step_by_id("unheard-of") is None


@pytest.mark.parametrize("number", [0, 4, -1])
def test_an_unknown_step_is_refused_with_those_that_there_are(tiny: Path, number: int) -> None:
    with pytest.raises(CourseError, match=rf"no step {number}.*steps 1 to 3.*workshop status"):
        load(tiny).step(number)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("why =", "wy =", "wy"),
        ('title = "Light"\n', "", "title"),
        ("read = 4", 'read = "four"', "read"),
        ('mode = "written"', 'mode = "sung"', "mode|sung"),
        ("[[steps]]", "[[steps", "line"),
        ("number = 3", "number = 1", "must rise"),
        ('id = "counting"', 'id = "brightness"', "share an id or an alias"),
        ('part = "tallies"', 'part = "clocks"', "unknown part 'clocks'"),
        ('hints = ["What is missing?", "Look at the docstring.", "Nearly all of it."]',
         "hints = []", "hints|length"),
    ],
)  # fmt: skip
def test_a_manifest_that_does_not_describe_a_course_says_why(
    tiny: Path, old: str, new: str, complaint: str
) -> None:
    with pytest.raises(CourseError, match=complaint):
        load(tiny, (old, new))


def test_a_course_has_steps(tiny: Path) -> None:
    path = tiny / "exercises" / "course.toml"
    text = 'title = "Empty"\nclosing = ""\nroutes = []\nparts = []\nsteps = []\n'
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CourseError, match="must rise"):
        Course.load(path)


def test_a_missing_manifest_is_one_sentence_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"course\.toml cannot be read.*git checkout"):
        Course.load(tmp_path / "course.toml")


def test_a_manifest_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "course.toml"
    path.write_bytes(b'title = "\xff"')

    with pytest.raises(CourseError, match="cannot be read"):
        Course.load(path)


def test_the_courses_own_manifest_is_one() -> None:
    assert Course.load(ROOT / "exercises" / "course.toml").steps[0].id == "identity"
