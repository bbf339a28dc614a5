from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from workshop.course.errors import CourseError
from workshop.course.manifest import Course
from workshop.course.results import CheckResult, Failed, NotStarted, TimedOut
from workshop.course.wrong_answers import (
    Signatures,
    WrongAnswer,
    likely_mistake,
    load_signatures,
    of_step,
    write_signatures,
)

Check: TypeAlias = Callable[..., CheckResult]

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


def named(root: Path, *failures: tuple[str, str], unknown: frozenset[str] = frozenset()) -> str:
    mistake = likely_mistake(root, course(root).step(1), frozenset(failures), unknown)
    return mistake.name if mistake else "nothing"


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
def test_without_readable_signatures_nothing_is_named(recorded: Path, damage: bytes | None) -> None:
    file = recorded / "solutions" / "wrong" / "signatures.json"
    file.unlink()
    if damage is not None:
        file.write_bytes(damage)

    assert load_signatures(recorded) == {}
    assert named(recorded, (DARK, "AssertionError")) == "nothing"


# Naming the likely mistake


def test_the_mistake_that_fails_in_the_same_way_is_named(recorded: Path) -> None:
    assert named(recorded, (DARK, "AssertionError")) == "on_from_the_start"
    assert named(recorded, (SHINES, "AssertionError"), (TWICE, "RuntimeError")) == (
        "says_that_it_is_on"
    )


def test_another_exception_is_another_mistake(recorded: Path) -> None:
    assert named(recorded, (DARK, "TypeError")) == "nothing"


def test_one_failure_more_is_another_mistake(recorded: Path) -> None:
    assert named(recorded, (DARK, "AssertionError"), (SHINES, "AssertionError")) == "nothing"


def test_no_failure_is_no_mistake(recorded: Path) -> None:
    assert named(recorded) == "nothing"


def test_tests_that_met_a_blank_are_left_out_of_account(recorded: Path) -> None:
    failures = ((SHINES, "AssertionError"), (TWICE, "NotImplementedError"))

    assert named(recorded, *failures) == "nothing"
    assert named(recorded, (DARK, "AssertionError"), unknown=frozenset([TWICE])) == (
        "on_from_the_start"
    )


def test_of_two_mistakes_that_look_alike_none_is_named(recorded: Path) -> None:
    assert named(recorded, (SHINES, "AssertionError"), unknown=frozenset([TWICE])) == "nothing"


def test_a_recorded_mistake_without_its_file_is_not_named(recorded: Path) -> None:
    (recorded / "solutions" / "wrong" / "01_switching" / "never_on.py").unlink()

    assert named(recorded, (SHINES, "AssertionError"), (TWICE, "AssertionError")) == "nothing"


# Through a check


def answer(root: Path, switch_on: str) -> None:
    text = (root / "solutions" / "lamps" / "lamp.py").read_text(encoding="utf-8")
    (root / "exercises" / "lamps" / "lamp.py").write_text(
        text.replace("self._level = 100\n", f"{switch_on}\n"), encoding="utf-8"
    )


def test_a_check_names_the_mistake_of_somebody_who_wrote_it_another_way(
    recorded: Path, check: Check
) -> None:
    answer(recorded, "self._light = True")

    result = check(recorded, 1)

    assert isinstance(result.verdict, Failed)
    assert result.mistake is not None
    assert result.mistake.name == "never_on"


def test_a_mistake_can_be_to_hang(recorded: Path, check: Check) -> None:
    never_back = {"never_on": [(SHINES, "TimedOut")]}
    write_signatures(recorded, {"switching": dict(never_back)})
    answer(recorded, "while True: pass")

    result = check(recorded, 1, seconds=1.0)

    assert isinstance(result.verdict, TimedOut)
    assert result.mistake is not None
    assert result.mistake.name == "never_on"


def test_a_starter_is_nobodys_mistake(recorded: Path, check: Check) -> None:
    result = check(recorded, 1)

    assert isinstance(result.verdict, NotStarted)
    assert result.mistake is None
