"""No text that a student, a test or the machine may produce can harm any rendering."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from workshop.course.results import (
    CheckResult,
    Failed,
    Location,
    Result,
    StepRef,
    TestFailure,
)
from workshop.views import Problem, Shown, render_html, render_json, render_plain, render_rich
from workshop.views.comparisons import SideBySide
from workshop.views.describe import describe
from workshop.views.document import Code, Diff, Excerpt, Headline
from workshop.views.harmless import harmless
from workshop.views.prose import spans

_EVERY_CHARACTER = st.characters(exclude_categories=())  # half surrogate pairs too
_DANGEROUS = st.sampled_from(
    [
        "\x1b[31m",
        "\x1b]0;title\x07",
        "\x9b2J",
        "\x1b",
        "\0",
        "\r",
        "\r\n",
        "\t",
        "\x85",
        "\ud83d",
        "\u202e",
        "\u2028",
        "\ufffe",
        "<script>alert(1)</script>",
        "</pre></div><style>p{}</style>",
        '" onmouseover="x()',
        "&lt;&#0;",
        "[bold red]",
        "[/]",
        "`",
        "``",
        "```\n",
        "--- ",
        "+",
        "- ",
        "שלום",
        "日本語",
        "e\u0301",
        "x" * 10_000,
        " ",
        "\n",
        "\\",
    ]
)
_TEXTS = st.lists(st.text(_EVERY_CHARACTER, max_size=20) | _DANGEROUS, max_size=5).map("".join)
_SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: _TEXTS,
    int: st.integers(0, 100_000),
    float: st.floats(0, 100_000),
    bool: st.booleans(),
    type(None): st.none(),
    datetime: st.datetimes(
        datetime(1971, 1, 1),  # noqa: DTZ001  # Hypothesis adds the zone
        datetime(2037, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
}


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that results are made of, with every field set."""
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if get_origin(kind) in (Union, UnionType):
        return st.one_of(*map(values_of, get_args(kind)))
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) is tuple:
        return st.lists(values_of(get_args(kind)[0]), max_size=3).map(tuple)
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: values_of(hints[field.name]) for field in fields(kind)})


hostile = settings(deadline=None, max_examples=100)
results = values_of(Result) | values_of(Problem)
widths = st.integers(60, 200)


def verdict_sentence(shown: Shown) -> str:
    headline = describe(shown)[0]
    assert isinstance(headline, Headline)
    return headline.text


def lines_of_code(shown: Shown) -> Iterator[str]:
    for block in describe(shown):
        match block:
            case Excerpt(text=text) | Code(text=text):
                yield from map(str.strip, text.split("\n"))
            case Diff(lines=lines):
                yield from map(str.strip, lines)
            case SideBySide(stretches=stretches):
                for stretch in stretches:
                    yield from map(str.strip, (*stretch.yours, *stretch.ours))
            case _:
                pass


def without_spaces(text: str) -> str:
    return "".join(text.split())


def rich_text(shown: Shown, width: int) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    with console.capture() as capture:
        console.print(render_rich(shown))
    return capture.get()


def html_text(shown: Shown) -> str:
    return "".join(ElementTree.fromstring(render_html(shown)).itertext())


@hostile
@given(results, widths)
def test_every_rendering_says_the_whole_verdict(shown: Shown, width: int) -> None:
    sentence = verdict_sentence(shown)
    assert without_spaces(sentence) in without_spaces(render_plain(shown, width))
    # A backtick becomes another letter form, and a `**` becomes weight.
    sentence = without_spaces("".join(span.text for span in spans(sentence)))
    assert sentence in without_spaces(html_text(shown))
    assert sentence in without_spaces(rich_text(shown, width))


@hostile
@given(results, widths)
def test_plain_text_has_nothing_but_printable_characters(shown: Shown, width: int) -> None:
    assert render_plain(shown, width).replace("\n", "").isprintable()


@hostile
@given(results, widths)
def test_only_code_and_longer_words_make_a_plain_line_too_long(shown: Shown, width: int) -> None:
    code = set(lines_of_code(shown))
    for line in render_plain(shown, width).split("\n"):
        assert len(line) <= width or " " not in line.strip() or line.strip() in code


@hostile
@given(results, widths)
def test_no_line_of_rich_text_is_too_wide(shown: Shown, width: int) -> None:
    for line in rich_text(shown, width).split("\n"):
        assert cell_len(line) <= width


_TAGS = {"div", "p", "strong", "span", "code", "pre"} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


@hostile
@given(results)
def test_html_is_well_formed_and_has_no_tag_or_attribute_but_ours(shown: Shown) -> None:
    for element in ElementTree.fromstring(render_html(shown)).iter():
        assert element.tag in _TAGS
        assert set(element.attrib) <= {"style", "dir"}
        assert re.fullmatch(r"[a-z0-9#%.,:;() -]*", element.get("style", ""))


@hostile
@given(results)
def test_json_gives_back_every_value(shown: Shown) -> None:
    text = render_json(shown)
    assert text.isascii()
    assert same(json.loads(text), shown)


def same(loaded: Any, value: Any) -> bool:
    """Whether JSON has all of a value; `kind` and `ok` come on top."""
    if is_dataclass(value):
        return all(same(loaded[field.name], getattr(value, field.name)) for field in fields(value))
    if isinstance(value, tuple):
        return len(loaded) == len(value) and all(map(same, loaded, value))
    if isinstance(value, datetime):
        return datetime.fromisoformat(loaded) == value and str(loaded).endswith("+00:00")
    if isinstance(value, str):
        return bool(loaded == re.sub("[\ud800-\udfff]", "\ufffd", value))
    return bool(loaded == value)


@hostile
@given(results, st.sampled_from(["ascii", "cp1252", "cp437", "utf-8", "utf-16", "latin-1"]))
def test_every_stream_can_carry_every_result(shown: Shown, encoding: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    stream.write(render_plain(shown, encoding=encoding))
    Console(file=stream, width=80, force_terminal=True).print(render_rich(shown))
    stream.flush()


def test_a_stream_of_an_unknown_encoding_gets_ascii() -> None:
    assert render_plain(Problem(sentence="schön"), encoding="unknown") == "sch\\xf6n"


@hostile
@given(results)
def test_no_color_leaves_no_colour(shown: Shown) -> None:
    codes = style_codes(shown, {"NO_COLOR": "1"})
    assert codes <= {"", "0", "1", "4"}, "only bold, underlined, and their end"


def test_a_problem_is_red_where_colour_is_wanted() -> None:
    assert "31" in style_codes(Problem(sentence="There is no step 99."), {})


def style_codes(shown: Shown, environment: dict[str, str]) -> set[str]:
    environment = {"TERM": "xterm-256color"} | environment
    console = Console(file=io.StringIO(), width=80, force_terminal=True, _environ=environment)
    with console.capture() as capture:
        console.print(render_rich(shown))
    groups = re.findall(r"\x1b\[([\d;]*)m", capture.get())
    return {code for group in groups for code in group.split(";")}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x07", "link"),
        ("\x9b2Jcleared", "cleared"),
        ("bell\x07", "bell\\x07"),
        ("half a pair \ud83d", "half a pair \\ud83d"),
        ("from \u202eright", "from \\u202eright"),
        ("no\xa0break", "no\\xa0break"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\tindented", "    indented"),
        ("Zoë, 日本語, שלום", "Zoë, 日本語, שלום"),
        ("a lone escape \x1b", "a lone escape \\x1b"),
    ],
)
def test_what_cannot_be_seen_is_spelt_out_and_terminal_escapes_go(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_rich_markup_in_a_message_is_only_text() -> None:
    at = Location(file="a.py", line=1, text="x = [bold]")
    failure = TestFailure(
        sentence="it works", test="t", error="ValueError", message="[red]no[/red] [/]", location=at
    )
    result = CheckResult(
        step=StepRef(number=1, id="identity", title="Identity"),
        verdict=Failed(failure=failure, others=0),
        mistake=None,
        next_action="Go on.",
        digest="a1b2c3d4",
        saved_at=None,
        seconds=0.4,
    )
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system="standard")
    with console.capture() as capture:
        console.print(render_rich(result))
    assert "ValueError: [red]no[/red] [/]" in capture.get()
    assert "x = [bold]" in capture.get()
