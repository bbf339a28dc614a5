"""What the manifest and the catalogue of mistakes say to a student."""

import re
from pathlib import Path

import pytest

from workshop.course.blanks import blank_names, python_files
from workshop.course.manifest import Course, Step
from workshop.course.wrong_answers import of_step

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT / "exercises" / "course.toml")

every_step = pytest.mark.parametrize(
    "step", [pytest.param(step, id=step.slug) for step in COURSE.steps]
)


def texts(step: Step) -> dict[str, str]:
    """Everything that a step says, by where it says it."""
    said = {f"hint {number}": hint for number, hint in enumerate(step.hints, start=1)}
    for wrong in of_step(ROOT, step):
        said[wrong.mistake.name] = f"{wrong.mistake.sentence}\n{wrong.mistake.question}"
    return said | {"writes": step.writes, "why": step.why, "learns": step.learns}


@every_step
def test_the_first_hint_asks_and_gives_no_code(step: Step) -> None:
    first = step.hints[0]

    assert first.strip().endswith("?")
    assert "```" not in first


@every_step
def test_only_the_last_of_three_hints_shows_code(step: Step) -> None:
    assert ["```" in hint for hint in step.hints] == [False, False, True]


@every_step
def test_the_last_hint_leaves_something_to_write(step: Step) -> None:
    code = "".join(re.findall(r"```python\n(.*?)```", step.hints[-1], re.DOTALL))

    assert "..." in code


@every_step
def test_hints_rise(step: Step) -> None:
    lengths = [len(hint) for hint in step.hints]

    assert lengths == sorted(lengths)


@every_step
def test_what_is_to_be_written_is_named_in_the_manifest_and_in_the_notebook(step: Step) -> None:
    solved = ROOT / "solutions" / COURSE.part_of(step).package
    asked = {
        name.rpartition(".")[2]
        for path in python_files(solved).values()
        for name in blank_names(path.read_text(encoding="utf-8"), step.number)
    }
    notebook = (ROOT / step.notebook).read_text(encoding="utf-8")

    assert asked, "the step asks for something"
    for name in asked:
        assert f"`{name}`" in step.writes
        assert f"`{name}`" in notebook


@every_step
def test_a_mistake_is_said_to_the_student_and_ends_in_a_question_or_a_pointer(step: Step) -> None:
    for wrong in of_step(ROOT, step):
        sentence, question = wrong.mistake.sentence, wrong.mistake.question
        assert re.search(r"\b(you|your)\b", sentence, re.IGNORECASE), wrong.mistake.name
        assert sentence.endswith("."), wrong.mistake.name
        assert "?" in question, wrong.mistake.name


@every_step
def test_no_mistake_gives_the_repair_away(step: Step) -> None:
    for wrong in of_step(ROOT, step):
        assert "def " not in wrong.mistake.question, wrong.mistake.name
        assert " = " not in wrong.mistake.question, wrong.mistake.name


@every_step
def test_a_step_speaks_plainly(step: Step) -> None:
    for place, text in texts(step).items():
        found = re.search(r"\b(simply|just|obviously|easy|easily|trivial)\b", text, re.IGNORECASE)
        assert found is None, f"{place} says {found and found[0]!r}"


@every_step
def test_the_half_day_asks_for_no_more_minutes_than_the_full_day(step: Step) -> None:
    assert 0 <= step.half.total <= step.minutes
    assert (step.half.mode in ("given", "own time")) == (step.half.total == 0)


@every_step
def test_a_stretch_step_is_for_ones_own_time(step: Step) -> None:
    assert step.stretch == (step.half.mode == "own time")
