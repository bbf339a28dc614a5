"""What a commit of a solution branch says."""

from pathlib import Path

import pytest

from workshop.course.commit_message import message_of
from workshop.course.manifest import Course, Step

REPOSITORY = Path(__file__).resolve().parents[2]
STEPS = Course.load(REPOSITORY / "exercises" / "course.toml").steps


def step(why: str, *, stretch: bool = False) -> Step:
    first = {name: getattr(STEPS[0], name) for name in Step.__struct_fields__}
    return Step(**first | {"why": why, "stretch": stretch})


def reason(why: str) -> str:
    """The message without its first two paragraphs."""
    return message_of(step(why)).split("\n\n", 2)[2]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
def test_no_line_is_longer_than_72_columns(step: Step) -> None:
    assert [line for line in message_of(step).splitlines() if len(line) > 72] == []


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
def test_every_word_of_the_manifest_is_in_it(step: Step) -> None:
    words = f"{step.title} What you learn: {step.learns}. {step.why}".split()
    assert message_of(step).split(": ", 1)[1].split() == words


def test_an_extra_step_says_that_it_is_one() -> None:
    assert message_of(step("It is short.", stretch=True)).startswith("Extra step 1: ")


def test_paragraphs_stay_apart() -> None:
    assert reason("One,\nin two lines.\n\nAnother.") == "One, in two lines.\n\nAnother.\n"


def test_items_hang() -> None:
    word = "x" * 40
    assert reason(f"Two:\n- {word} {word}\n- b") == f"Two:\n\n- {word}\n  {word}\n\n- b\n"


def test_code_between_fences_keeps_its_lines() -> None:
    code = "```python\nif a:\n\n    b  # " + "long " * 20 + "\n```"
    assert reason(f"So:\n\n{code}\n\nThat is all.") == f"So:\n\n{code}\n\nThat is all.\n"
