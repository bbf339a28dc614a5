"""Expected and got, and where they part."""

import io
from xml.etree import ElementTree

import pytest
from rich.console import Console

from workshop.course.results import CheckResult, Failed, StepRef, TestFailure
from workshop.views import render_html, render_plain, render_rich
from workshop.views.differences import unfolded


def compared(expected: str | None, got: str | None) -> CheckResult:
    failure = TestFailure(
        sentence="s", test="t", error="AssertionError", message="", expected=expected, got=got
    )
    return CheckResult(
        step=StepRef(number=1, id="identity", title="Identity"),
        verdict=Failed(failure=failure, others=0),
        mistake=None,
        next_action="Go on.",
        digest="a1b2c3d4",
        saved_at=None,
        seconds=0.4,
    )


def said(expected: str | None, got: str | None) -> str:
    """The part of the plain text that is about the two."""
    text = render_plain(compared(expected, got), width=200)
    return text.split("\n\n")[1]


@pytest.mark.parametrize(
    ("expected", "got", "difference"),
    [
        ("Item('the tests')", "Item('the text')", '"text" in place of "tests".'),
        ("[1, 2, 3]", "[1, 2]", '"3" is missing.'),
        ("[1, 2]", "[1, 2, 3]", '"3" is too much.'),
        ("['a', 'b', 'c']", "['b', 'c', 'a']", "\"'a'\" stands in another place."),
        ("Column('To do', 3)", "Column('To do',  3)", "2 spaces in place of 1 space."),
    ],
)
def test_of_short_values_the_difference_is_told_in_words(
    expected: str, got: str, difference: str
) -> None:
    assert said(expected, got) == f"Expected: {expected}\nGot: {got}\nDifference: {difference}"


@pytest.mark.parametrize(
    ("expected", "got"),
    [("3", "4"), ("True", "False"), ("'login'", "None"), ("[1]", "KeyError('x')")],
)
def test_values_with_little_in_common_are_only_shown(expected: str, got: str) -> None:
    assert said(expected, got) == f"Expected: {expected}\nGot: {got}"


@pytest.mark.parametrize(
    "expected", ["!= Item('a')", "is not Item('a')", "'a' in it", "ValueError is raised", "< 3"]
)
def test_what_should_be_true_of_a_value_is_not_compared_with_it(expected: str) -> None:
    assert said(expected, "Item('a')") == f"Expected: {expected}\nGot: Item('a')"


def test_values_that_are_written_alike_are_said_to_be() -> None:
    assert "Difference: none that can be read: both are written alike" in said("a", "a")
    assert "in what was left out" in said("[1, ... 9]", "[1, ... 9]")


EVENTS = [f"WorkItemScheduled(work_item_id='{name}')" for name in ("a", "b", "c", "d", "e", "f")]


def test_long_values_are_compared_item_by_item_and_what_both_have_is_shortened() -> None:
    got = [*EVENTS[:5], "WorkItemScheduled(work_item_id='x')"]
    assert said(f"[{', '.join(EVENTS)}]", f"[{', '.join(got)}]").split("\n") == [
        "Expected and got:",
        "    both      [",
        "    both          WorkItemScheduled(work_item_id='a'),",
        "    both      [2 lines left out]",
        "    both          WorkItemScheduled(work_item_id='d'),",
        "    both          WorkItemScheduled(work_item_id='e'),",
        "    expected      WorkItemScheduled(work_item_id='f'),",
        "    got           WorkItemScheduled(work_item_id='x'),",
        "    both      ]",
    ]


def test_an_item_that_is_missing_at_the_end_makes_no_other_differ() -> None:
    lines = said(f"[{', '.join(EVENTS)}]", f"[{', '.join(EVENTS[:5])}]").split("\n")
    assert [line for line in lines if not line.startswith("    both")] == [
        "Expected and got:",
        "    expected      WorkItemScheduled(work_item_id='f'),",
    ]


def test_a_text_of_several_lines_is_compared_line_by_line() -> None:
    assert said(repr("To do: 1\nDone: 2\n"), repr("To do: 1\nDone: 3\n")).split("\n") == [
        "Expected and got:",
        r"    both      'To do: 1\n",
        r"    expected  Done: 2\n",
        r"    got       Done: 3\n",
        "    both      '",
    ]


@pytest.mark.parametrize("text", ["", "[", "a)b]", "'a, (", "<Item 3, (x)>", "f(')', \"(\")", "{}"])
def test_any_text_can_be_unfolded_and_keeps_its_characters(text: str) -> None:
    for depth in (1, 2, 3):
        lines = "".join(unfolded(text, depth))
        kept = "".join(lines.split()).replace(",", "")
        assert kept == "".join(text.split()).replace(",", "")


def test_only_the_part_that_differs_is_underlined() -> None:
    result = compared("Item('the tests')", "Item('the text')")
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system="standard")
    with console.capture() as capture:
        console.print(render_rich(result))
    assert "Item('the \x1b[1;4mtext\x1b[0m')" in capture.get()
    page = ElementTree.fromstring(render_html(result))
    underlined = [e.text for e in page.iter() if "underline" in e.get("style", "")]
    assert underlined == ["tests", "text"]
