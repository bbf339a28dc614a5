from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import TypeAlias

import pytest

from workshop.course.checking import Checked
from workshop.course.clues import Clues, clues_in, places
from workshop.course.manifest import Course
from workshop.course.results import (
    CheckResult,
    Failed,
    Mistake,
    NotStarted,
    Passed,
    TestFailure,
    TimedOut,
)
from workshop.course.session import Session
from workshop.course.wrong_answers import Signatures, write_signatures

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

FAILURE = TestFailure(
    sentence="a lamp is dark at first",
    test=f"exercises/test_01_switching.py::{DARK}",
    error="AssertionError",
    message="",
)


@pytest.fixture
def recorded(tiny: Path) -> Path:
    write_signatures(tiny, RECORDED)
    return tiny


def course(root: Path) -> Course:
    return Course.load(root / "exercises" / "course.toml")


def clues(root: Path, *failures: tuple[str, str], blanks: frozenset[str] = frozenset()) -> Clues:
    checked = Checked(Failed(failure=FAILURE, others=0), frozenset(failures), blanks)
    return clues_in(root, course(root), course(root).step(1), checked)


def mistake(
    root: Path, *failures: tuple[str, str], blanks: frozenset[str] = frozenset()
) -> Mistake:
    found = clues(root, *failures, blanks=blanks).mistake
    assert found is not None
    return found


# The mistake


def test_the_mistake_that_fails_in_the_same_way_is_named(recorded: Path) -> None:
    found = mistake(recorded, (SHINES, "AssertionError"), (TWICE, "RuntimeError"))

    assert (found.name, found.certain) == ("says_that_it_is_on", True)
    assert found.sentence == "Your lamp cannot be switched on twice."


def test_of_two_mistakes_at_once_the_one_in_the_shown_test_is_named(recorded: Path) -> None:
    failures = [(DARK, "AssertionError"), (SHINES, "AssertionError"), (TWICE, "RuntimeError")]

    found = mistake(recorded, *failures)

    assert (found.name, found.certain, found.alone) == ("on_from_the_start", False, False)


def test_another_exception_is_another_mistake(recorded: Path) -> None:
    assert clues(recorded, (DARK, "TypeError")).mistake is None


def test_no_failure_is_no_mistake(recorded: Path) -> None:
    assert clues(recorded) == Clues()


def test_tests_that_met_a_blank_are_left_out_of_account(recorded: Path) -> None:
    blanks = frozenset([TWICE])

    assert mistake(recorded, (DARK, "AssertionError"), blanks=blanks).name == "on_from_the_start"


def test_of_two_mistakes_that_look_alike_none_is_named(recorded: Path) -> None:
    blanks = frozenset([TWICE])

    assert clues(recorded, (SHINES, "AssertionError"), blanks=blanks).mistake is None


def test_a_recorded_mistake_without_its_file_is_not_named(recorded: Path) -> None:
    (recorded / "solutions" / "wrong" / "01_switching" / "never_on.py").unlink()

    assert clues(recorded, (SHINES, "AssertionError"), (TWICE, "AssertionError")) == Clues()


def test_without_signatures_there_are_no_clues(tiny: Path) -> None:
    assert clues(tiny, (DARK, "AssertionError")) == Clues()


# The place


def test_what_is_near_to_several_mistakes_of_one_place_names_the_place(recorded: Path) -> None:
    found = clues(recorded, (SHINES, "AssertionError"), (TWICE, "TypeError"))

    assert found == Clues(look_at="Lamp.switch_on")


def test_without_the_solution_there_is_no_place(recorded: Path) -> None:
    (recorded / "solutions" / "lamps" / "lamp.py").write_text("def (:", encoding="utf-8")

    assert clues(recorded, (SHINES, "AssertionError"), (TWICE, "TypeError")) == Clues()


def test_a_place_is_what_the_step_asks_for_and_not_what_only_the_solution_has(tiny: Path) -> None:
    found = places(tiny, course(tiny), course(tiny).step(2))

    assert found == {"accepts_any_level": frozenset(), "dims_to_nothing": frozenset(["dim_all"])}


def test_a_setter_is_known_by_the_name_of_its_property(tiny: Path) -> None:
    text = dedent('''\
        """Your lamp does not take a level.

        Where does it go?
        """


        class Lamp:
            @level.setter
            def level(self, level):
                pass
    ''')
    (tiny / "solutions" / "wrong" / "02_dimming" / "deaf.py").write_text(text, encoding="utf-8")

    assert places(tiny, course(tiny), course(tiny).step(2))["deaf"] == frozenset(["Lamp.level"])


def test_a_step_that_asks_for_one_definition_has_no_place_to_find(tiny: Path) -> None:
    solved = tiny / "solutions" / "lamps" / "lamp.py"
    text = solved.read_text(encoding="utf-8")
    for line in ("def level(self) -> int:", "def level(self, level: int) -> None:"):
        text = text.replace(f"{line}  # step 2", line)
    solved.write_text(text, encoding="utf-8")

    assert places(tiny, course(tiny), course(tiny).step(2)) == {}


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
    assert (result.mistake.name, result.mistake.certain) == ("never_on", True)
    assert result.look_at is None


def test_a_mistake_can_be_to_hang(recorded: Path, check: Check) -> None:
    write_signatures(recorded, {"switching": {"never_on": [(SHINES, "TimedOut")]}})
    answer(recorded, "while True: pass")

    result = check(recorded, 1, seconds=3.0)

    assert isinstance(result.verdict, TimedOut)
    assert result.mistake is not None
    assert result.mistake.name == "never_on"


def test_a_check_says_where_to_look_when_it_is_not_sure(recorded: Path, check: Check) -> None:
    answer(recorded, "self._level = -1 if self._level == 0 else [][0]")

    result = check(recorded, 1)

    assert result.mistake is None
    assert result.look_at == "Lamp.switch_on"


def test_a_starter_is_nobodys_mistake(recorded: Path, check: Check) -> None:
    result = check(recorded, 1)

    assert isinstance(result.verdict, NotStarted)
    assert (result.mistake, result.look_at) == (None, None)


def test_a_right_answer_gets_no_clues(recorded: Path, check: Check) -> None:
    answer(recorded, "self._level = 1")

    result = check(recorded, 1)

    assert isinstance(result.verdict, Passed)
    assert (result.mistake, result.look_at) == (None, None)


def test_the_record_of_the_day_keeps_certain_mistakes_and_no_guesses(
    recorded: Path, check: Check
) -> None:
    answer(recorded, "pass")
    check(recorded, 1)
    nearly = [(SHINES, "AssertionError"), (TWICE, "RuntimeError")]
    write_signatures(recorded, {"switching": {"never_on": nearly}})
    guessed = check(recorded, 1)
    session = Session(recorded)
    try:
        told = [entry.sentence for entry in session.log().entries]
    finally:
        session.close()

    assert guessed.mistake is not None
    assert not guessed.mistake.certain
    assert told == ["checked step 1, Light: failed (never on)", "checked step 1, Light: failed"]
