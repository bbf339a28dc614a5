"""Pictures of boards and events: what they say, and that no object of anybody's does harm."""

import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

import solutions.domain_model as rich
import solutions.event_sourced as sourced
from workshop.expressions import evaluate, expressions
from workshop.notebook import _PICTURES, _picture
from workshop.views.pictures import (
    CannotDrawError,
    Picture,
    draw_board,
    draw_time_machine,
    draw_timeline,
)

NASTY = (
    "</script><script>document.title='harmed'</script><img src=x onerror=\"alert(1)\">&'`\x1b[2J"
)
DRAWERS = [draw_board, draw_timeline, draw_time_machine]


@dataclass
class Column:
    """A stand-in for a column."""

    name: Any = "Doing"
    wip_limit: Any = None
    work_item_ids: Any = ()


@dataclass
class Board:
    """A stand-in for a board."""

    name: Any = "Website"
    columns: Any = ()
    version: int = 1


@dataclass(frozen=True)
class Item:
    """A stand-in for a work item."""

    id: Any
    name: Any


@dataclass(frozen=True)
class Moved:
    """A bare event."""

    item_id: Any = "item-1"
    note: Any = None


@dataclass(frozen=True)
class Stored:
    """An event as a store gives it."""

    version: Any = 1
    event: Any = field(default_factory=Moved)
    stream: Any = "board-1"
    position: Any = 7
    recorded_at: Any = datetime(2026, 7, 3, 10, 0, tzinfo=UTC)


def raises(error: BaseException) -> property:
    def ask(self: object) -> object:
        raise error

    return property(ask)


def text_of(picture: Picture) -> str:
    """What is to be read in the HTML, the script left out."""
    root = tree_of(picture)
    return " ".join(" ".join(root.itertext()).split())


def tree_of(picture: Picture) -> ElementTree.Element:
    html = re.sub(r"<script>.*?</script>", "", picture._repr_html_(), flags=re.DOTALL)
    return ElementTree.fromstring(
        html.replace("<br>", "<br/>").replace("<details open ", "<details ")
    )


def in_a_line(text: str) -> str:
    return " ".join(text.split())


def refusal(draw: Callable[..., Picture], *values: object) -> str:
    with pytest.raises(CannotDrawError) as caught:
        draw(*values)
    return str(caught.value)


# A board


def full_board() -> Board:
    return Board(
        columns=(
            Column("To do", None, ("item-3", "item-4")),
            Column("Doing", 3, ("item-2",)),
            Column("Review", 1, ("item-1",)),
            Column("Stuck", 1, ("item-8", "item-9")),
            Column("Done", 0, ()),
        )
    )


def test_a_board_in_lines_of_text() -> None:
    assert repr(draw_board(full_board(), [Item("item-1", "Login")])).splitlines() == [
        "Board Website",
        "  To do (2, no limit)",
        "    - item-3",
        "    - item-4",
        "  Doing (1 of 3)",
        "    - item-2",
        "  Review (1 of 1, full)",
        "    - Login (item-1)",
        "  Stuck (2 of 1, over its limit)",
        "    - item-8",
        "    - item-9",
        "  Done (0 of 0, full)",
        "    no items",
    ]


def test_a_board_in_html_says_the_same() -> None:
    assert text_of(draw_board(full_board(), [Item("item-1", "Login")])) == (
        "Website To do 2, no limit item-3 item-4 Doing 1 of 3 item-2 Review 1 of 1 ■ full "
        "Login item-1 Stuck 2 of 1 ■ over its limit item-8 item-9 Done 0 of 0 ■ full no items"
    )


def test_columns_have_roles_and_labels_and_cards_are_lists() -> None:
    root = tree_of(draw_board(full_board()))
    labels = [element.get("aria-label") for element in root.iter() if element.get("role")]
    assert labels[0] == "Board Website"
    assert labels[3] == "Column Review, 1 of 1, full"
    assert [len(cards) for cards in root.iter("ul")] == [2, 1, 1, 2]


def test_a_board_without_columns_and_a_full_one_of_a_thousand_cards() -> None:
    assert "no columns yet" in text_of(draw_board(Board()))
    crowd = draw_board(Board(columns=[Column(work_item_ids=[f"item-{i}" for i in range(1_000)])]))
    assert "item-39 and 960 more" in text_of(crowd)
    assert "item-0" in repr(crowd)
    assert len(crowd.html) < 10_000


@pytest.mark.parametrize("package", [rich, sourced])
def test_boards_of_both_packages_are_drawn(package: Any) -> None:
    board = package.create_board("Website", "All of it", board_id="b-1")
    board.add_column("To do", wip_limit=1)
    item = package.register_work_item("Fix the login", work_item_id="item-1")
    board.schedule(item)
    assert repr(draw_board(board, [item])) == (
        "Board Website\n  To do (1 of 1, full)\n    - Fix the login (item-1)"
    )
    item.discard()
    assert "- discarded (item-1)" in repr(draw_board(board, {item.id: item}))
    board.discard()
    discarded = draw_board(board)
    assert "b-1" in repr(discarded)
    assert "This board was discarded." in text_of(discarded)


# Events


def test_stored_events_are_told_with_version_position_and_time() -> None:
    drawn = draw_timeline([Stored(), Stored(2, Moved("item-2"), position=9)])
    assert repr(drawn).splitlines() == [
        "2 events of stream board-1, oldest first.",
        "  1. Moved: item_id='item-1', note=None; recorded 2026-07-03 10:00:00 UTC,",
        "     position 7",
        "  2. Moved: item_id='item-2', note=None; recorded 2026-07-03 10:00:00 UTC,",
        "     position 9",
    ]
    assert text_of(drawn).startswith(
        "2 events of stream board-1, oldest first. 1 · Moved item_id='item-1', note=None recorded"
    )


def test_bare_events_are_numbered() -> None:
    board = sourced.create_board("Website", "All of it", board_id="b-1")
    board.add_column("To do", column_id="c-1")
    assert "2. ColumnAdded: column_id='c-1', name='To do'" in repr(draw_timeline(board.pending))


def test_the_stream_stands_beside_each_event_where_there_are_several() -> None:
    drawn = repr(draw_timeline([Stored(), Stored(stream="board-2")]))
    assert drawn.startswith("2 events, oldest first.")
    assert "stream board-2" in drawn


def test_nothing_happened() -> None:
    assert repr(draw_timeline(())) == "No events: nothing has happened."


def test_a_time_without_a_zone_says_so() -> None:
    naive = datetime(2026, 7, 3, 10, 0)  # noqa: DTZ001  # a student's mistake
    assert "10:00:00, without a time zone" in in_a_line(
        repr(draw_timeline([Stored(1, Moved(), "s", 1, naive)]))
    )


def test_a_long_timeline_is_folded_and_every_event_is_in_it() -> None:
    drawn = draw_timeline([Stored(number) for number in range(1, 301)])
    text = text_of(drawn)
    assert "11 to 60: 50 events folded away" in text
    assert text.count(" · Moved") == 300
    assert "[270 events left out here]" in repr(drawn)
    assert len(drawn.html) < 150_000


def test_a_very_long_one_says_what_it_leaves_out_and_an_endless_one_stops() -> None:
    drawn = draw_timeline(Moved() for _ in itertools.count())
    assert "The timeline stops here, at 10,000; there are more." in text_of(drawn)
    assert "9,470 events are left out here." in text_of(drawn)
    assert len(drawn.html) < 250_000


# Through time


def history(count: int) -> Iterator[tuple[Stored, Board]]:
    """One card wanders from left to right, and the board is the same object all the time."""
    board = Board(columns=[Column("To do"), Column("Doing", 1), Column("Done")])
    for number in range(1, count + 1):
        for place, column in enumerate(board.columns):
            column.work_item_ids = ("item-1",) if place == number % 3 else ()
        moment = datetime(2026, 7, 3, tzinfo=UTC) + timedelta(minutes=number)
        yield Stored(number, Moved(), recorded_at=moment), board


def data_of(picture: Picture) -> dict[str, Any]:
    (script,) = re.findall(r"<script>(.*?)</script>", picture.html, flags=re.DOTALL)
    told = script.partition(")(document.currentScript?.parentElement, ")[2].removesuffix(");")
    found: dict[str, Any] = json.loads(told)
    return found


def test_without_scripts_the_last_board_is_open_and_a_few_earlier_ones_are_folded() -> None:
    drawn = draw_time_machine(history(300))
    folds = list(tree_of(drawn).iter("details"))
    summaries = ["".join(fold[0].itertext()) for fold in folds]
    assert len(folds) == 7
    assert summaries[0] == "Version 1 · Moved"
    assert summaries[-1] == "Version 300 · Moved"
    assert re.findall(r"<details open .*?</strong>", drawn.html)[0].endswith(
        "Version 300 · Moved</strong>"
    )
    assert "this page shows 7 of them" in text_of(drawn)


def test_a_board_is_read_when_it_is_given_so_that_it_may_change_afterwards() -> None:
    moments = data_of(draw_time_machine(history(6)))["moments"]
    assert len({tuple(moment[-1]) for moment in moments}) == 3


def test_three_hundred_states_are_compact() -> None:
    drawn = draw_time_machine(history(300))
    told = data_of(drawn)
    assert len(told["moments"]) == 300
    assert len(told["columns"]) == 6, "columns that are alike are told once"
    assert len(drawn.html) < 80_000
    assert len(repr(drawn)) < 2_000


def test_boards_alone_and_boards_with_captions() -> None:
    boards = [Board(version=number) for number in (4, 5)]
    assert [m[0] for m in data_of(draw_time_machine(boards))["moments"]] == [
        "Version 4",
        "Version 5",
    ]
    pairs = [("before", boards[0]), ("after", boards[1])]
    assert [m[0] for m in data_of(draw_time_machine(pairs))["moments"]] == ["Before", "After"]


def test_one_board_in_a_list_again_and_again_is_pointed_out() -> None:
    board = Board()
    assert "one and the same board" in text_of(draw_time_machine([board, board]))


def test_a_history_that_ends_with_a_discarded_board() -> None:
    board = sourced.create_board("Website", "All of it", board_id="b-1")
    board.discard()
    states = [sourced.Board.replay(board.pending[:1]), board]
    assert "This board was discarded." in text_of(draw_time_machine(states))


def test_only_the_first_thousand_states_are_shown_and_it_says_so() -> None:
    drawn = draw_time_machine(Board() for _ in itertools.count())
    assert "Only the first 1,000" in text_of(drawn)


# Whatever the objects do


HOSTILE_VALUES = [NASTY, "x" * 1_000_000, "", "\ud83d\0\u202e", None, 10**6000, b"x", object()]


@pytest.mark.parametrize("value", HOSTILE_VALUES, ids=range(len(HOSTILE_VALUES)))
def test_any_name_id_or_field_is_shown_harmlessly_and_shortened(value: object) -> None:
    board = Board(value, [Column(value, None, (value, value))])
    for drawn in (
        draw_board(board, [Item(value, value)]),
        draw_timeline([Stored(value, Moved(value, value), value, value, value)] * 2),
        draw_time_machine([(value, board), (Stored(event=Moved(value)), board)]),
    ):
        assert repr(drawn).replace("\n", "").isprintable()
        assert len(drawn.html) < 30_000
        assert {element.tag for element in tree_of(drawn).iter()} <= {
            "div",
            "strong",
            "ul",
            "ol",
            "li",
            "span",
            "br",
            "details",
            "summary",
            "code",
        }
        attributes = {name for element in tree_of(drawn).iter() for name in element.attrib}
        assert attributes <= {"style", "dir", "role", "aria-label"}
        assert drawn.html.count("<script>") == drawn.html.count("</script>") <= 1


ERRORS = [
    ValueError("no"),
    SystemExit(),
    RecursionError("deep"),
    StopIteration(),
    ValueError(NASTY),
]


@pytest.mark.parametrize("error", ERRORS, ids=repr)
@pytest.mark.parametrize("name", ["name", "columns"])
def test_a_property_that_raises_is_one_sentence(error: BaseException, name: str) -> None:
    hostile = type("Board", (Board,), {name: raises(error), "__init__": lambda self: None})()
    said = refusal(draw_board, hostile)
    assert f"`{name}` of this board raises {type(error).__name__}" in said
    assert said.endswith("; mend it, then run the cell again.")
    assert "board 1 of them" in refusal(draw_time_machine, [hostile])


def test_a_blank_is_named() -> None:
    blank = raises(NotImplementedError("step 2: Board.columns"))
    said = refusal(draw_board, type("Board", (), {"columns": blank, "name": "b"})())
    assert "a blank that is still to be filled (step 2: Board.columns)" in said


def broken() -> Iterator[object]:
    yield Moved()
    raise OSError("disk")


@pytest.mark.parametrize(
    ("draw", "value", "words"),
    [
        (draw_board, 5, "This is an `int` and has no `columns`"),
        (draw_board, None, "This is `None` and has no `columns`"),
        (draw_board, Board, "the class `Board` itself"),
        (draw_board, (Board(), []), "after a space and no comma"),
        (draw_board, Board(columns=None), "should be a collection, such as a list, and is `None`"),
        (
            draw_board,
            Board(columns="abc"),
            "should be a collection, such as a list, and is a `str`",
        ),
        (draw_board, Board(columns=[None]), "Column 1 is `None` and has no `name`"),
        (draw_board, Board(columns=itertools.repeat(Column())), "more than 60 columns"),
        (
            draw_board,
            Board(columns=[Column(wip_limit="3")]),
            "The WIP limit of column Doing is '3'",
        ),
        (
            draw_board,
            Board(columns=[Column(wip_limit=True)]),
            "The WIP limit of column Doing is True",
        ),
        (draw_board, Board(columns=[Column(work_item_ids=itertools.count())]), "10,000 items"),
        (
            draw_board,
            Board(columns=[Column(work_item_ids=None)]),
            "`work_item_ids` of column Doing",
        ),
        (draw_timeline, 5, "should be a collection"),
        (draw_timeline, [1], "Number 1 of them is an `int`, and no event"),
        (draw_timeline, [Stored(event="x")], "The `event` of number 1 of them is a `str`"),
        (draw_timeline, sourced.create_board("a", "b"), "add `.pending`"),
        (draw_timeline, broken(), "raises OSError: disk"),
        (draw_time_machine, Board(), "`%board` draws one"),
        (draw_time_machine, [], "no board in it"),
        (draw_time_machine, [(1, 2, 3)], "has 3 parts"),
        (draw_time_machine, [5], "Board 1 of them is an `int`"),
        (draw_time_machine, broken(), "Board 1 of them is a `Moved`"),
    ],
)
def test_what_cannot_be_drawn_is_one_sentence(
    draw: Callable[..., Picture], value: object, words: str
) -> None:
    said = refusal(draw, value)
    assert words in said
    assert said.endswith((".", "`"))
    assert len(said) < 300


@pytest.mark.parametrize("draw", DRAWERS)
def test_ctrl_c_in_an_object_goes_through(draw: Callable[..., Picture]) -> None:
    name = raises(KeyboardInterrupt())
    hostile = type("Board", (), {"columns": name, "pending": name, "event": name, "version": 1})()
    with pytest.raises(KeyboardInterrupt):
        draw(hostile)


@pytest.mark.parametrize("page", ["#ffffff", "#111111"])
def test_lines_stand_out_from_light_and_dark_pages_and_ink_from_its_card(page: str) -> None:
    drawn = draw_board(full_board(), [Item("item-1", "Login")]).html + draw_timeline([Moved()]).html
    lines = set(re.findall(r"border(?:-left)?: \dpx solid (#\w+)", drawn)) - {"#b8a76a"}
    assert len(lines) == 3
    assert all(contrast(line, page) >= 3 for line in lines)
    assert contrast("#1f2328", "#fff8dc") >= 4.5
    assert contrast("#4b5563", "#fff8dc") >= 4.5
    inks = set(re.findall(r"[ \"]color: ([^;\"]*)", drawn))
    assert inks == {"inherit", "#1f2328", "#4b5563"}, "text on the page has the page's colour"


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it."""

    def light(colour: str) -> float:
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


# The magics


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("board", ["board"]),
        ("board items", ["board", "items"]),
        ("board [login, invoices]", ["board", "[login, invoices]"]),
        ("boards.get('b 1') items.values()", ["boards.get('b 1')", "items.values()"]),
        ("[x for x in (1, 2) if x] (y)", ["[x for x in (1, 2) if x]", "(y)"]),
        ("a if b else c", ["a if b else c"]),
        ("not a and {1: 2}[1]", ["not a and {1: 2}[1]"]),
        ("board  # now", ["board  # now"]),
        ("a + b", ["a + b"]),
        ("(", ["("]),
    ],
)
def test_a_space_between_two_values_begins_the_second(line: str, parts: list[str]) -> None:
    assert expressions("board", line, 2) == parts


def drawn_by(name: str, line: str, **names: object) -> str:
    return in_a_line(repr(_picture(name, _PICTURES[name], line, names)))


@pytest.mark.parametrize(
    ("name", "line", "sentence"),
    [
        ("board", "", "%board needs something to draw, such as `%board board`."),
        ("timeline", "a b", "%timeline takes one expression and got 2: write an operator"),
        ("board", "a b c", "%board takes at most two expressions and got 3"),
        ("board", "b.", "`b.` is no Python expression (invalid syntax); write a name"),
        ("board", "b = 1", "`b = 1` is no Python expression"),
        ("board", "nope", "`nope` raises NameError: name 'nope' is not defined; run it in a cell"),
        ("board", "1 / 0", "`1 / 0` raises ZeroDivisionError: division by zero; run it"),
        ("board", "exit()", "`exit()` raises NameError"),
        ("board", "(" * 500 + ")" * 500, "is no Python expression"),
        ("timemachine", "[b, 5]", "Board 2 of them is an `int`"),
    ],
)
def test_a_line_that_gives_no_picture_is_one_sentence(name: str, line: str, sentence: str) -> None:
    blind: dict[str, object] = {"__builtins__": {}}
    said = drawn_by(name, line, b=Board(), **blind)
    assert sentence in said
    assert "Traceback" not in said


def test_an_interrupt_is_one_sentence() -> None:
    hostile = type("Board", (), {"columns": raises(KeyboardInterrupt())})()
    assert drawn_by("board", "b", b=hostile) == "You stopped %board before it had an answer."


def test_an_expression_sees_the_names_inside_its_comprehensions() -> None:
    assert evaluate("[x + y for x in xs]", {"xs": [1, 2], "y": 1}) == [2, 3]


# In a browser


@pytest.fixture
def machine(visit: Callable[..., Any], tmp_path: Path) -> tuple[Page, set[str]]:
    """A time machine on a page whose names would change its title, if they ran."""
    page = tmp_path / "machine.html"
    nasty = (NASTY, Board(NASTY, [Column(NASTY, 1, (NASTY,))]))
    states = itertools.chain(history(4), [nasty])
    drawn = draw_time_machine(states, [Item("item-1", "Login")]).html
    page.write_text(f"<!doctype html><meta charset='utf-8'><title>safe</title>{drawn}", "utf-8")
    asked: set[str] = set()
    blank = visit("about:blank", width=640, height=800)
    blank.page.on("request", lambda request: asked.add(request.url))
    blank.page.goto(page.as_uri())
    return blank.page, asked - {page.as_uri()}


def test_the_slider_moves_through_time_by_keyboard(machine: tuple[Page, set[str]]) -> None:
    page, _ = machine
    slider = page.get_by_role("slider", name="Time: the board at each event")
    slider.focus()
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^1 of 5: Version 1 · Moved"))
    doing = page.get_by_role("group", name="Column Doing, 1 of 1, full")
    expect(doing.get_by_role("listitem")).to_have_text("Loginitem-1")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("group", name="Column Doing, 0 of 1")).to_contain_text("no items")
    done = page.get_by_role("group", name="Column Done, 1, no limit")
    expect(done.get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="Earlier").click()
    expect(doing).to_be_visible()
    assert slider.get_attribute("data-lm-suppress-shortcuts"), "JupyterLab leaves its keys alone"


def test_no_name_is_executed_and_no_request_leaves(machine: tuple[Page, set[str]]) -> None:
    page, asked = machine
    page.keyboard.press("Tab")
    expect(page.get_by_text("5 of 5")).to_be_visible()
    expect(page.get_by_role("listitem")).to_contain_text("</script><script>")
    assert page.title() == "safe"
    assert page.locator("img, script").count() == 0
    assert asked == set()


def test_the_script_draws_what_the_still_picture_shows(
    visit: Callable[..., Any], tmp_path: Path
) -> None:
    board, items = full_board(), [Item("item-1", "Login")]
    path = tmp_path / "both.html"
    both = (
        draw_board(board, items).html
        + draw_time_machine([Board(columns=board.columns[:0]), board], items).html
    )
    path.write_text(f"<!doctype html><meta charset='utf-8'>{both}", "utf-8")
    page = visit(path.as_uri(), width=640, height=800).page
    still, moving = page.get_by_role("group", name="Board Website").all()
    assert moving.inner_text() == still.inner_text()
    boxes = [group.bounding_box() for group in (still, moving)]
    assert boxes[0]["height"] == boxes[1]["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == 640


def test_what_is_left_without_scripts_can_be_read(
    visit: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "still.html"
    policy = "<meta http-equiv='Content-Security-Policy' content=\"script-src 'none'\">"
    path.write_text(
        f"<!doctype html><meta charset='utf-8'>{policy}{draw_time_machine(history(9)).html}",
        "utf-8",
    )
    page = visit(path.as_uri(), width=640, height=800).page
    expect(page.get_by_role("slider")).to_have_count(0)
    expect(page.get_by_role("group", name="Board Website")).to_have_count(1)
    page.get_by_text("Version 1 · Moved").click()
    expect(page.get_by_role("group", name="Board Website")).to_have_count(2)
