"""Every kind of answer, at every width, in every rendering: the same facts, and nothing lost."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len
from rich.console import Console

from workshop.course.results import (
    About,
    BranchesResult,
    ChangeResult,
    CheckResult,
    Crashed,
    DoctorResult,
    EarlierStepBroke,
    Failed,
    FileDiff,
    FileMove,
    Finding,
    FirstStart,
    HintResult,
    ImportProblem,
    Location,
    LogEntry,
    LogResult,
    Mistake,
    NextResult,
    NotStarted,
    PaceBlock,
    PaceCut,
    PaceResult,
    Passed,
    ReadinessResult,
    RehearsalResult,
    Result,
    SlidesResult,
    SoFarRight,
    SolutionBranch,
    SolutionResult,
    StatusResult,
    StepRef,
    StepStatus,
    SyntaxProblem,
    TestFailure,
    TimedOut,
    TwoVersions,
    UpdateConflict,
    UpdateResult,
    Verdict,
)
from workshop.course.side_by_side import Standing
from workshop.views import Problem, Shown, render_html, render_plain, render_rich
from workshop.views.comparisons import SideBySide
from workshop.views.describe import describe
from workshop.views.document import Code, Diff, Excerpt, Headline, NextAction, Table

FILE = "exercises/event_sourced/board_with_a_name_that_is_long_for_a_narrow_screen.py"
STEP = StepRef(number=3, id="behaviour", title="Tell, don't ask: «Zoë» decides")
NINE = datetime(2026, 9, 18, 9, tzinfo=UTC)
AT = Location(file=FILE, line=147, text=f"return [{', '.join('work_item_id' for _ in range(12))}]")
MISTAKE = Mistake(
    name="limit_is_inclusive",
    sentence="Your column takes one item more than its limit: `<=` where `<` belongs.",
    question="A column with a limit of two holds two items. Is there room for another?",
)


def failure(expected: str | None, got: str | None, error: str = "AssertionError") -> TestFailure:
    return TestFailure(
        sentence="an item that finds no room stays where it is",
        test="exercises/test_03_behaviour.py::test_an_item_that_finds_no_room_stays_where_it_is",
        error=error,
        message="no room for 'login'",
        expected=expected,
        got=got,
        location=AT,
        test_location=Location(file="exercises/test_03_behaviour.py", line=9, text="assert x"),
        printed="one\ntwo → «three»\n",
    )


def checked(verdict: Verdict, mistake: Mistake | None = None) -> CheckResult:
    return CheckResult(
        step=STEP,
        verdict=verdict,
        mistake=mistake,
        next_action="Mend it in `exercises/domain_model/board.py`, then run `workshop check 3`.",
        digest="a1b2c3d4e5f60718",
        saved_at=NINE,
        seconds=0.41,
        warnings=("Your progress is not recorded, because the disk is full.",),
    )


def versions(
    standing: Standing, yours: str = "", ours: str = "", *, helper: bool = False
) -> TwoVersions:
    return TwoVersions(
        file=FILE,
        name=f"Board.{standing.replace(' ', '_')}",
        standing=standing,
        helper=helper,
        line=9 if yours else None,
        yours=tuple(yours.split("\n")) if yours else (),
        ours=tuple(ours.split("\n")) if ours else (),
    )


TAKES = "def take(self, item):"
DOCSTRING = "\n".join(f"    promise {number} of many" for number in range(12))
YOURS = f"{TAKES}\n{DOCSTRING}\n    if limit and full or self._has_been_discarded_before:"
OURS = (
    f"{TAKES}\n{DOCSTRING}\n    if not self._has_room_for_another_item_right_now():\n"
    "        raise WorkLimitError(self._name)"
)
ITEMS = [f"WorkItemScheduled(work_item_id='item-{number}')" for number in range(9)]
FINDINGS = (
    Finding(name="git", ok=False, detail="not found", remedy="Install git, then start again."),
    Finding(name="Python", ok=True, detail="3.13.1, 64 bit", seconds=0.3),
    Finding(name="step 2", ok=True, proven=False, detail="It needs a driver."),
)
ABOUT = (
    Finding(name="s", ok=True, detail="red", about=About(aspect="starter", step=3)),
    Finding(name="d", ok=True, detail="runs", about=About(aspect="deck", file="slides/" + FILE)),
)

PLAN: tuple[tuple[str, int | None, str, Literal["over", "now", "to come"]], ...] = (
    ("Opening", None, "written", "over"),
    ("Identity of things that change their names", 1, "written", "now"),
    ("Subscriptions", 2, "given", "to come"),
    ("Evolution", 4, "shown", "to come"),
)

PACE = PaceResult(
    route="Half day",
    now=NINE + timedelta(minutes=17),
    start=NINE,
    end=NINE + timedelta(minutes=60),
    late=7,
    blocks=tuple(
        PaceBlock(
            title=title,
            number=number,
            mode=mode,
            minutes=10 * (mode != "given"),
            planned=NINE,
            expected=NINE + timedelta(minutes=7),
            state=state,
        )
        for title, number, mode, state in PLAN
    ),
    cuts=(PaceCut(step=STEP, how="Give them `advance`, and talk about it.", saves=8),),
)

KINDS: dict[str, Shown] = {
    "not started": checked(NotStarted(blanks=("Board.schedule", "Board.advance"))),
    "so far right": checked(
        SoFarRight(passed=7, tests=12, blanks=("Board.advance", "Board.retire"), file=FILE)
    ),
    "syntax problem": checked(SyntaxProblem(location=AT, message="unexpected indent")),
    "import problem": checked(ImportProblem(message="ImportError: no 'attrs'", location=AT)),
    "short values": checked(Failed(failure=failure("Item('tests')", "Item('text')"), others=2)),
    "long values": checked(
        Failed(
            failure=failure(f"[{', '.join(ITEMS)}]", f"[{', '.join(ITEMS[:5] + ITEMS[6:])}]"),
            others=0,
        ),
        MISTAKE,
    ),
    "one long word": checked(Failed(failure=failure("'" + "x" * 99 + "'", "'x'"), others=0)),
    "equal values": checked(Failed(failure=failure("'a'", "'a'"), others=0)),
    "an error": checked(
        Failed(failure=failure("ValueError is raised", "nothing is raised", "Failed"), others=1)
    ),
    "earlier step broke": checked(
        EarlierStepBroke(earlier=STEP, failure=failure(None, None, "KeyError"))
    ),
    "timed out": checked(TimedOut(seconds=10, sentence="an item moves", location=AT)),
    "crashed": checked(Crashed(explanation="It ended", remedy="Look for exit()", sentence="s")),
    "passed": checked(Passed(tests=34)),
    "hint": HintResult(
        step=STEP,
        number=1,
        total=3,
        text="**Which** `column` is first?\n\n```python\nif column.is_full: ...\n```\n- Think.",
        next_action="Try it, then run `workshop check 3`.",
    ),
    "solution": SolutionResult(
        step=STEP,
        why="Since `_take` is the only way in.\n\nIt refuses, or it takes.",
        diffs=(FileDiff(file="b.py", lines=("@@ -1 +1 @@", "-old", "+new", " same")),),
        next_action="Next is step 4: `workshop lab 4`.",
        warnings=("Python cannot read `b.py`.",),
        definitions=(
            versions("different", YOURS, OURS),
            versions("equal", "x = 1", "x = 1"),
            versions("blank", "raise NotImplementedError", "return 1"),
            versions("missing", "", "return 2"),
            versions("only yours", "return 3", helper=True),
        ),
    ),
    "change": ChangeResult(
        sentence="Step 3 is blank again",
        files=(FILE,),
        backup=".workshop/b/1",
        next_action="Go on.",
    ),
    "status": StatusResult(
        course="Event-Sourced Domain Models in Python",
        steps=tuple(
            StepStatus(step=STEP, state=state, minutes=20, attempts=2, hints=1, spent_minutes=spent)
            for state, spent in (("passed", 16.6), ("started", 3.0), ("not started", None))
        ),
        current=STEP,
        next_action="Run `workshop check 3`.",
    ),
    "log": LogResult(entries=(LogEntry(recorded_at=NINE, sentence="checked step 3"),), as_at=NINE),
    "next": NextResult(
        step=STEP,
        begun=True,
        learns="rules live where the data is",
        extras=(StepRef(number=16, id="snapshots", title="A cache of the past"),),
        closing="notebooks/15_your_day_as_events.ipynb",
        next_action="Go on in `board.py`, and run `workshop check 3`.",
        warnings=("Your record of the day cannot be written.",),
    ),
    "update": UpdateResult(
        source="../newer",
        dry_run=True,
        updated=(FILE, "exercises/course.toml"),
        added=("notebooks/20_more.ipynb",),
        removed=("notebooks/21_less.ipynb",),
        moved=(FileMove(before="exercises/test_01_id.py", after="exercises/test_01_identity.py"),),
        yours=(FILE,),
        left=("exercises/old.py",),
        conflicts=(
            UpdateConflict(
                steps=(STEP,),
                file=FILE,
                names=("Board.schedule",),
                beside=f"{FILE}.new",
                sentence="In step 3, `Board.schedule` is yours.",
            ),
        ),
        backup=None,
        next_action="Do it: `workshop update --from ../newer`.",
        warnings=("Stay with `workshop update` from now on.",),
    ),
    "branches": BranchesResult(
        branches=(
            SolutionBranch(
                name="solution/domain-model",
                part="The rich domain model",
                outcome="made",
                commits=4,
                tip="c0ffee" * 6,
            ),
            SolutionBranch(
                name="solution/event-sourced",
                part="Event-sourced persistence",
                outcome="kept",
                commits=10,
                tip="c0ffee" * 6,
                reason="It has a commit of yours. Rename it: `git branch -m a b`.",
            ),
        ),
        base="148af5aaf9ebe1b1",
        subject="The course",
        next_action="Look: `git log -p solution/domain-model`.",
    ),
    "pace": PACE,
    "doctor": DoctorResult(findings=FINDINGS),
    "rehearsal": RehearsalResult(findings=FINDINGS, seconds=12.4),
    "slides": SlidesResult(findings=FINDINGS[:2]),
    "readiness": ReadinessResult(
        machine=FINDINGS[:2],
        start=Finding(name="first start", ok=True, detail="worked"),
        first_start=FirstStart(seconds=61, tool="pip", megabytes=420, wheelhouse=None),
        steps=(STEP,),
        rehearsal=RehearsalResult(findings=ABOUT, seconds=3),
        seconds=64,
        next_actions=("Sleep well.",),
    ),
    "problem": Problem(sentence="There is no step 99; the last one is 19."),
}

WIDTHS = (60, 80, 120, 200)
every_kind = pytest.mark.parametrize("shown", KINDS.values(), ids=KINDS)
every_width = pytest.mark.parametrize("width", WIDTHS)


def test_every_kind_is_here() -> None:
    kinds = {type(shown) for shown in KINDS.values()}
    assert kinds == {*get_args(Result), Problem}
    verdicts = {type(s.verdict) for s in KINDS.values() if isinstance(s, CheckResult)}
    assert verdicts == set(get_args(Verdict))


def on_a_terminal(shown: Shown, width: int, encoding: str = "utf-8", **environment: str) -> str:
    """What a terminal is sent, with `NO_COLOR` and the like as given."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    environment = {"TERM": "xterm-256color"} | environment
    console = Console(
        file=stream, width=width, height=50, force_terminal=True, _environ=environment
    )
    with console.capture() as capture:
        console.print(render_rich(shown))
    return capture.get()


def html_text(shown: Shown) -> str:
    pieces = ElementTree.fromstring(render_html(shown)).itertext()
    return " ".join(pieces)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def missing(plain: str, other: str) -> set[str]:
    """The words that another rendering lacks; a word that is folded there is in it."""
    there, squeezed = set(words(other)), "".join(other.casefold().split())
    return {word for word in words(plain) if word not in there and word not in squeezed}


SAID_OTHERWISE = {"min", "planned", "checks", "hint", "wrong", "answers"}
"""What the sentence of a row calls by another word than the header of its column."""


@every_kind
@every_width
def test_every_word_of_the_plain_text_is_in_the_others(shown: Shown, width: int) -> None:
    plain = render_plain(shown, width)
    tables = any(isinstance(block, Table) for block in describe(shown))
    allowed = SAID_OTHERWISE if tables else set()
    assert missing(plain, on_a_terminal(shown, width, TERM="dumb")) <= allowed
    assert missing(plain, html_text(shown)) <= allowed


@every_kind
@every_width
def test_nothing_is_lost_in_a_narrow_terminal(shown: Shown, width: int) -> None:
    wide = on_a_terminal(shown, 1000, TERM="dumb")
    assert missing(wide, on_a_terminal(shown, width, TERM="dumb")) == set()


@every_kind
@every_width
def test_no_line_is_wider_than_the_terminal(shown: Shown, width: int) -> None:
    for line in on_a_terminal(shown, width, TERM="dumb").split("\n"):
        assert cell_len(line) <= width


@every_kind
@every_width
def test_no_plain_line_is_wider_but_for_code_and_long_words(shown: Shown, width: int) -> None:
    code = {line.strip() for line in code_of(shown)}
    for line in render_plain(shown, width).split("\n"):
        assert len(line) <= width or " " not in line.strip() or line.strip() in code


def code_of(shown: Shown) -> Iterator[str]:
    """The lines of code, which are never broken in plain text: they would be another program."""
    for block in describe(shown):
        match block:
            case Code(text=text) | Excerpt(text=text):
                yield from text.split("\n")
            case Diff(lines=lines):
                yield from lines
            case SideBySide(yours=yours, ours=ours):
                yield from (*yours, *ours)
            case _:
                pass


@every_kind
@every_width
def test_the_first_line_is_the_answer_and_the_last_what_comes_next(
    shown: Shown, width: int
) -> None:
    blocks = describe(shown)
    first, last = blocks[0], blocks[-1]
    assert isinstance(first, Headline)
    for text in (render_plain(shown, width), on_a_terminal(shown, width, TERM="dumb")):
        said = words(text)
        assert said[: len(words(first.text))] == words(first.text)
        if isinstance(last, NextAction):
            assert said[-len(words(last.text)) :] == words(last.text)
    assert any(isinstance(block, NextAction) for block in blocks) == isinstance(last, NextAction)


ESCAPE = "\x1b"


@every_kind
def test_no_color_leaves_no_colour_and_a_dumb_terminal_no_escape(shown: Shown) -> None:
    assert ESCAPE in on_a_terminal(shown, 80), "the headline is bold at least"
    codes = re.findall(r"\x1b\[([\d;]*)m", on_a_terminal(shown, 80, NO_COLOR="1"))
    assert {code for group in codes for code in group.split(";")} <= {"0", "1", "4"}
    assert ESCAPE not in on_a_terminal(shown, 80, TERM="dumb")
    assert ESCAPE not in render_plain(shown)


@every_kind
def test_words_are_the_same_without_any_colour(shown: Shown) -> None:
    in_colour = re.sub(r"\x1b\[[\d;]*m", "", on_a_terminal(shown, 80))
    assert in_colour == on_a_terminal(shown, 80, NO_COLOR="1", TERM="dumb")


@every_kind
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_unicode_gets_every_word(shown: Shown, encoding: str) -> None:
    text = on_a_terminal(shown, 200, encoding, TERM="dumb")
    text.encode(encoding)
    plain = render_plain(shown, 200, encoding)
    plain.encode(encoding)
    tables = any(isinstance(block, Table) for block in describe(shown))
    assert missing(plain, text) <= (SAID_OTHERWISE if tables else set())


@every_kind
def test_what_is_tinted_on_a_page_has_a_sign_or_a_word(shown: Shown) -> None:
    for element in ElementTree.fromstring(render_html(shown)).iter():
        if "rgba(" in element.get("style", ""):
            text = "".join(element.itertext())
            assert text.startswith(("- ", "+ ", "-", "+", "expected ", "got "))
