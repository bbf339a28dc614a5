"""The HTML, as a notebook shows it: on white, on black, and nowhere wider than its cell."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workshop.course.results import (
    CheckResult,
    DoctorResult,
    Failed,
    FileDiff,
    Finding,
    Location,
    NotStarted,
    Passed,
    SoFarRight,
    SolutionResult,
    StatusResult,
    StepRef,
    StepStatus,
    TestFailure,
    Verdict,
)
from workshop.views import Shown, render_html

STEP = StepRef(number=1, id="identity", title="An entity is who it is")
FAILURE = TestFailure(
    sentence="an item can be renamed",
    test="t",
    error="AssertionError",
    message="",
    expected="'new'",
    got="x" * 5_000,
    location=Location(file="exercises/domain_model/work_item.py", line=4, text="y = " + "y" * 999),
    printed="<b onclick='alert(1)'>" * 50,
)


def checked(verdict: Verdict) -> CheckResult:
    return CheckResult(
        step=STEP,
        verdict=verdict,
        mistake=None,
        next_action="Run `workshop check 1`.",
        digest="a1b2c3d4",
        saved_at=None,
        seconds=0.4,
        warnings=("Your progress is not recorded.",),
    )


def standing(state: str) -> StepStatus:
    return StepStatus(step=STEP, state=state, minutes=20, attempts=1, hints=0, spent_minutes=3.0)


EVERY_SHADE: list[Shown] = [
    checked(Passed(tests=3)),
    checked(NotStarted(blanks=("WorkItem.rename",))),
    checked(SoFarRight(passed=1, tests=2, blanks=("WorkItem.rename",))),
    checked(Failed(failure=FAILURE, others=1)),
    StatusResult(
        course="The course",
        steps=tuple(map(standing, ("passed", "caught up", "started", "not started"))),
        current=STEP,
        next_action="Go on.",
    ),
    SolutionResult(
        step=STEP,
        why="Why.",
        diffs=(FileDiff(file="a.py", lines=("@@ -1 +1 @@", "-old", "+new", " same")),),
        next_action="Go on.",
    ),
    DoctorResult(findings=(Finding(name="git", ok=False, detail="not found", remedy="Install."),)),
]


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, as WCAG 2.2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("page", ["#ffffff", "#111111"])
def test_signs_and_lines_stand_out_from_light_and_dark_pages(page: str) -> None:
    colours = {
        colour for shown in EVERY_SHADE for colour in re.findall("#[0-9a-f]{6}", render_html(shown))
    }
    assert len(colours) == 5, "every tone is here"
    for colour in colours:
        assert contrast(colour, page) >= 3, f"{colour}: WCAG 1.4.11 asks for 3"


def test_only_signs_are_coloured_and_text_has_the_colour_of_the_page() -> None:
    for shown in EVERY_SHADE:
        coloured = re.findall(r'style="color: #[^"]*">([^<]*)<', render_html(shown))
        assert all(len(sign) == 1 and not sign.isalnum() for sign in coloured)


def test_nothing_reaches_beyond_a_narrow_cell(visit: Callable[..., Any], tmp_path: Path) -> None:
    page = tmp_path / "answers.html"
    body = "".join(map(render_html, EVERY_SHADE))
    page.write_text(f"<!doctype html><meta charset='utf-8'>{body}", encoding="utf-8")
    shown = visit(page.as_uri(), width=480, height=800).page
    assert shown.evaluate("document.documentElement.scrollWidth") == 480
    assert shown.locator("[onclick]").count() == 0
