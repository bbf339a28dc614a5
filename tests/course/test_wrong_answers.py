from pathlib import Path

import pytest

from workshop.course.errors import CourseError
from workshop.course.manifest import Course
from workshop.course.wrong_answers import (
    Signatures,
    WrongAnswer,
    load_signatures,
    of_step,
    write_signatures,
)

DARK = "test_a_lamp_is_dark_at_first"
SHINES = "test_a_lamp_that_is_switched_on_shines"
TWICE = "test_a_lamp_that_is_switched_on_twice_shines"

RECORDED: Signatures = {
    "switching": {
        "on_from_the_start": [(DARK, "AssertionError")],
        "never_on": [(SHINES, "AssertionError"), (TWICE, "AssertionError")],
        "says_that_it_is_on": [(SHINES, "AssertionError"), (TWICE, "RuntimeError")],
    }
}


@pytest.fixture
def recorded(tiny: Path) -> Path:
    write_signatures(tiny, RECORDED)
    return tiny


def course(root: Path) -> Course:
    return Course.load(root / "exercises" / "course.toml")


# Reading them


def test_a_wrong_answer_has_a_name_a_sentence_and_a_question(tiny: Path) -> None:
    answers = {
        answer.mistake.name: answer.mistake for answer in of_step(tiny, course(tiny).step(1))
    }

    assert list(answers) == sorted(answers)
    assert answers["never_on"].sentence == "Switching your lamp on changes nothing."
    assert answers["never_on"].question == "Where is it written down that the lamp is on?"


def test_a_step_may_have_none(tiny: Path) -> None:
    assert of_step(tiny, course(tiny).step(3)) == ()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("x = 1\n", "needs a docstring"),
        ('"""Only a sentence."""\n', "needs a docstring"),
        ('"""Two lines\nof sentence.\n\nAnd a question?"""\n', "needs a docstring"),
        ('"""A sentence.\n\n   \n"""\n', "needs a docstring"),
        ("def (:\n", "does not parse"),
    ],
)
def test_a_file_without_sentence_or_question_is_refused(
    tmp_path: Path, text: str, complaint: str
) -> None:
    path = tmp_path / "odd.py"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CourseError, match=rf"odd\.py.*{complaint}"):
        WrongAnswer.read(path)


def test_it_is_built_into_the_solution_of_its_step(tiny: Path) -> None:
    never_on = next(a for a in of_step(tiny, course(tiny).step(1)) if "never" in a.mistake.name)

    built = never_on.build(tiny / "solutions" / "lamps", 1)["lamp.py"]

    assert "def switch_on(self):\n        pass\n" in built
    assert "return self._level > 0" in built
    assert 'raise NotImplementedError("step 2: dim_all")' in built


def test_one_that_fits_nowhere_is_refused_by_name(tiny: Path) -> None:
    path = tiny / "solutions" / "wrong" / "01_switching" / "elsewhere.py"
    path.write_text('"""S.\n\nQ?"""\n\n\ndef unheard_of():\n    pass\n', encoding="utf-8")

    with pytest.raises(CourseError, match="elsewhere: it defines nothing"):
        WrongAnswer.read(path).build(tiny / "solutions" / "lamps", 1)


# Recording them


def test_signatures_are_read_as_they_were_written(tiny: Path) -> None:
    write_signatures(tiny, RECORDED)

    assert load_signatures(tiny) == RECORDED


def test_the_order_of_recording_does_not_change_the_file(tiny: Path) -> None:
    file = tiny / "solutions" / "wrong" / "signatures.json"
    write_signatures(tiny, RECORDED)
    first = file.read_bytes()

    write_signatures(tiny, {"switching": dict(reversed(RECORDED["switching"].items()))})

    assert file.read_bytes() == first
    assert first.endswith(b"}\n")
    assert len(first.splitlines()) > 10, "a difference must show line by line"


@pytest.mark.parametrize("damage", [None, b"", b"{", b'{"switching": 3}'])
def test_signatures_that_cannot_be_read_are_none(recorded: Path, damage: bytes | None) -> None:
    file = recorded / "solutions" / "wrong" / "signatures.json"
    file.unlink()
    if damage is not None:
        file.write_bytes(damage)

    assert load_signatures(recorded) == {}
