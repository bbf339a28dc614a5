"""What a student reads, word by word."""

import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from textwrap import dedent
from typing import Literal

import pytest
from rich.console import Console

from workshop.course.results import (
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
    RehearsalResult,
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
from workshop.views import Problem, Shown, render_json, render_plain, render_rich

IDENTITY = StepRef(number=1, id="identity", title="An entity is who it is")
INVARIANTS = StepRef(number=2, id="invariants", title="An object that cannot be wrong")
FILE = "exercises/domain_model/work_item.py"
SAVED = datetime(2026, 9, 18, 13, 2, 11, tzinfo=UTC)
FAILURE = TestFailure(
    sentence="items with the same contents are still two items",
    test="exercises/test_01_identity.py::test_items_with_the_same_contents_are_still_two_items",
    error="AssertionError",
    message="assert a != b",
    expected="!= WorkItem('b')",
    got="WorkItem('a')",
    location=Location(file=FILE, line=47, text="        return self.name == other.name"),
    test_location=Location(
        file="exercises/test_01_identity.py", line=97, text="    assert first != second"
    ),
    printed="comparing\n",
)


def checked(
    verdict: Verdict,
    mistake: Mistake | None = None,
    *,
    step: StepRef = IDENTITY,
    look_at: str | None = None,
) -> Shown:
    return CheckResult(
        step=step,
        verdict=verdict,
        mistake=mistake,
        look_at=look_at,
        next_action="Run `workshop check 1`.",
        digest="a1b2c3d4e5f60718",
        saved_at=None,
        seconds=0.41,
    )


FOOT = """
Checked in 0.4 s: your files, version a1b2c3d4.

Next: Run `workshop check 1`."""


def answer(shown: Shown, width: int = 80) -> str:
    return render_plain(shown, width)


def expect(text: str) -> str:
    return dedent(text).strip("\n")


def test_a_step_that_is_not_started_names_what_to_write() -> None:
    verdict = NotStarted(blanks=("WorkItem.rename", "register_work_item"))
    assert answer(checked(verdict)) == (
        expect("""
        Step 1 is not started yet: it waits for your first lines.

        To write:
            WorkItem.rename
            register_work_item
        """)
        + "\n"
        + FOOT
    )


def test_half_way_is_praised_and_names_what_is_left() -> None:
    verdict = SoFarRight(passed=7, tests=12, blanks=("WorkItem.rename", "register_work_item"))
    assert answer(checked(verdict)) == (
        expect("""
        So far right: 7 of 12 tests of step 1 pass.

        Still to write:
            WorkItem.rename
            register_work_item
        """)
        + "\n"
        + FOOT
    )


@pytest.mark.parametrize(
    ("passed", "headline"),
    [
        (0, "Nothing is wrong so far: the tests of step 1 wait for what is still blank."),
        (1, "So far right: 1 of 12 tests of step 1 passes."),
    ],
)
def test_half_way_is_said_in_numbers_as_small_as_they_are(passed: int, headline: str) -> None:
    verdict = SoFarRight(passed=passed, tests=12, blanks=("WorkItem.rename",))
    assert answer(checked(verdict)).startswith(f"{headline}\n")


def test_a_failure_goes_from_the_verdict_to_the_line() -> None:
    mistake = Mistake(
        name="equal_by_contents",
        sentence="Your items are equal when their contents are.",
        question="Two children are both called Kim.\nWhat tells you that they are two people?",
    )
    assert answer(checked(Failed(failure=FAILURE, others=2), mistake)) == (
        expect("""
        Step 1 is not right yet: it should be true that items with the same contents are
        still two items.

        Likely mistake: Your items are equal when their contents are.
        Ask yourself: Two children are both called Kim. What tells you that they are two
        people?
        Expected: != WorkItem('b')
        Got: WorkItem('a')
        Your line: exercises/domain_model/work_item.py:47
            return self.name == other.name
        The test: exercises/test_01_identity.py:97
            assert first != second
        You printed: comparing

        2 more tests of this step fail too; begin with this one.
        """)
        + "\n"
        + FOOT
    )


@pytest.mark.parametrize(
    ("others", "waiting", "words"),
    [
        (1, 0, "1 more test of this step fails too; begin with this one."),
        (0, 1, "1 test waits for what is still blank."),
        (
            3,
            97,
            "3 more tests of this step fail too; begin with this one. "
            "97 tests wait for what is still blank.",
        ),
    ],
)
def test_what_fails_and_what_waits_are_counted_apart(others: int, waiting: int, words: str) -> None:
    said = answer(checked(Failed(failure=FAILURE, others=others, waiting=waiting)))

    assert words in " ".join(said.split())


@pytest.mark.parametrize(
    ("certain", "alone", "words"),
    [
        (True, True, "Likely mistake: You compare the names."),
        (False, True, "Perhaps: You compare the names."),
        (False, False, "Perhaps one of two mistakes: You compare the names."),
    ],
)
def test_words_say_how_sure_we_are_of_a_mistake(certain: bool, alone: bool, words: str) -> None:
    mistake = Mistake(
        name="by_name",
        sentence="You compare the names.",
        question="Who else is called Kim?",
        certain=certain,
        alone=alone,
    )

    said = answer(checked(Failed(failure=FAILURE, others=0), mistake))

    assert f"\n{words}\nAsk yourself: Who else is called Kim?\n" in said


def test_where_no_mistake_is_named_it_is_said_where_to_look() -> None:
    said = answer(checked(Failed(failure=FAILURE, others=0), look_at="WorkItem.__eq__"))

    assert (
        expect("""
        Perhaps look first at: `WorkItem.__eq__`. The known mistakes that fail most like
        this are made there.
        """)
        in said
    )


def test_a_syntax_error_shows_the_line_and_says_what_python_means() -> None:
    at = Location(file=FILE, line=12, text="        return 1")
    assert answer(checked(SyntaxProblem(location=at, message="unexpected indent"))) == (
        expect("""
        Step 1 was not tested, because Python cannot read line 12 of
        exercises/domain_model/work_item.py.

        Your line: exercises/domain_model/work_item.py:12
            return 1
        Python says: unexpected indent
        That means: the line begins further right than the lines it belongs to.
        """)
        + "\n"
        + FOOT
    )


def test_an_import_that_fails_shows_what_python_says() -> None:
    at = Location(file=FILE, line=3, text="import attrs")
    verdict = ImportProblem(message="ModuleNotFoundError: No module named 'attrs'", location=at)
    assert answer(checked(verdict)) == (
        expect("""
        Step 1 was not tested, because your code cannot be imported.

        Python says: ModuleNotFoundError: No module named 'attrs'
        Your line: exercises/domain_model/work_item.py:3
            import attrs
        """)
        + "\n"
        + FOOT
    )


def test_an_earlier_step_that_broke_is_named() -> None:
    verdict = EarlierStepBroke(earlier=IDENTITY, failure=FAILURE)
    lines = answer(checked(verdict, step=INVARIANTS)).split("\n")
    assert lines[0] == "Step 2 has to wait, because step 1 does not pass."
    assert lines[2] == "Step 1 asks that items with the same contents are still two items."
    assert "    return self.name == other.name" in lines


def test_a_timeout_shows_the_line_that_was_looping() -> None:
    at = Location(file=FILE, line=12, text="        while True:")
    verdict = TimedOut(seconds=10.0, sentence="an item can be renamed", location=at)
    assert answer(checked(verdict)) == (
        expect("""
        Step 1's tests did not finish within 10 s.

        Your code was at: exercises/domain_model/work_item.py:12
            while True:
        During the test: an item can be renamed
        """)
        + "\n"
        + FOOT
    )


def test_a_crash_is_no_verdict_and_says_what_helps() -> None:
    verdict = Crashed(
        explanation="The process ended with exit code 0", remedy="Look for exit()", sentence=None
    )
    assert answer(checked(verdict)) == (
        expect("""
        There is no verdict on step 1: the process ended with exit code 0.

        What helps: Look for exit().
        """)
        + "\n"
        + FOOT
    )


def test_a_remedy_that_the_next_action_repeats_is_said_once() -> None:
    verdict = Crashed(explanation="It ended", remedy="Run `workshop check 1`", sentence=None)
    assert answer(checked(verdict)).count("Run `workshop check 1`") == 1


def test_a_pass_is_praised_in_one_sentence() -> None:
    assert answer(checked(Passed(tests=34))) == (
        "Well done: step 1 passes all 34 of its tests.\n" + FOOT
    )
    assert answer(checked(Passed(tests=1))).startswith("Well done: step 1 passes its test.\n")


def test_an_error_other_than_an_assertion_is_named_beside_what_was_expected() -> None:
    error = TestFailure(sentence="s", test="t", error="KeyError", message="'x'", expected="1")
    text = answer(checked(Failed(failure=error, others=0)))
    assert "Expected: 1\nError: KeyError: 'x'" in text


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('assert ring not in told, "the bell is not told"', False),
        ("assert ring not in told, (", True),
    ],
    ids=["on the line that is shown", "below it"],
)
def test_what_a_test_says_in_words_is_told_where_its_line_does_not_show_it(
    line: str, told: bool
) -> None:
    failure = TestFailure(
        sentence="s",
        test="t",
        error="AssertionError",
        message="the bell is not told",
        expected="'ring' not in it",
        got="['ring']",
        test_location=Location(file=FILE, line=3, text=line),
    )
    text = answer(checked(Failed(failure=failure, others=0)))
    assert ("Got: ['ring']\nThe test says: the bell is not told\n" in text) == told


def test_a_first_word_that_is_a_name_keeps_its_capitals() -> None:
    named = TestFailure(sentence="WIP limits hold.", test="t", error="KeyError", message="")
    text = answer(checked(Failed(failure=named, others=0)))
    assert text.startswith("Step 1 is not right yet: it should be true that WIP limits hold.\n")


def test_long_output_keeps_its_end_and_says_what_is_missing() -> None:
    printed = "".join(f"line {number}\n" for number in range(1, 1001))
    noisy = TestFailure(sentence="s", test="t", error="E", message="x" * 400, printed=printed)
    text = answer(checked(Failed(failure=noisy, others=0)))
    assert "    [988 lines before this left out]\n    line 989\n" in text
    assert "    line 1000\n" in text
    assert "[103 characters left out]" in text.replace("\n    ", "")


def test_what_was_saved_when_is_told_in_local_time() -> None:
    result = CheckResult(
        step=IDENTITY,
        verdict=Passed(tests=2),
        mistake=None,
        next_action="Go on.",
        digest="a1b2c3d4e5f60718",
        saved_at=SAVED,
        seconds=0.41,
        warnings=("Your progress is not recorded.",),
    )
    local = f"{SAVED.astimezone():%H:%M:%S}"
    assert answer(result) == (
        expect(f"""
        Well done: step 1 passes all 2 of its tests.

        Warning: Your progress is not recorded.

        Checked in 0.4 s: your files as saved at {local}, version a1b2c3d4.

        Next: Go on.
        """)
    )


def test_a_hint_keeps_its_paragraphs_and_its_code() -> None:
    question = "**Which** `attribute`\nnever ** changes?"
    text = f"{question}\n\n```python\ndef __hash__(self): ...\n```\n- think"
    hint = HintResult(step=IDENTITY, number=1, total=3, text=text, next_action="Try it.")
    assert answer(hint) == expect("""
        Hint 1 of 3 for step 1: An entity is who it is.

        Which `attribute` never ** changes?

            def __hash__(self): ...

        - think

        Next: Try it.
        """)


def test_a_solution_says_why_and_shows_what_differs() -> None:
    diff = (
        "--- yours",
        "+++ ours",
        "@@ -1,2 +1,2 @@",
        " def f():",
        "-    return 1",
        "+    return 2",
    )
    solution = SolutionResult(
        step=IDENTITY,
        why="Since two is right.",
        diffs=(FileDiff(file="a.py", lines=diff), FileDiff(file="b.py", lines=())),
        next_action="Go on.",
    )
    assert answer(solution) == expect("""
        Our solution of step 1: An entity is who it is.

        Since two is right.

        A line with `-` is yours, a line with `+` is ours, the others are in both.

        File a.py:
        @@ -1,2 +1,2 @@
         def f():
        -    return 1
        +    return 2

        `b.py`: yours and ours are equal.

        Next: Go on.
        """)


def pair(standing: Standing, yours: str, ours: str, *, helper: bool = False) -> TwoVersions:
    return TwoVersions(
        file="a.py",
        name=f"f_{standing.replace(' ', '_')}",
        standing=standing,
        helper=helper,
        line=7 if yours else None,
        yours=tuple(yours.splitlines()),
        ours=tuple(ours.splitlines()),
    )


SOLVED = SolutionResult(
    step=IDENTITY,
    why="Since two is right.",
    diffs=(FileDiff(file="a.py", lines=("@@ -1 +1 @@", "-a", "+b")),),
    next_action="Go on.",
    definitions=(
        pair("different", "def f():\n    return 1", "def f():\n    return 2"),
        pair("equal", "x", "x"),
        pair("blank", "raise", "def g(): ..."),
        pair("missing", "", "def _h(): ...", helper=True),
        pair("missing", "", "def i(): ..."),
        pair("only yours", "def _j(): ...", "", helper=True),
    ),
)


def test_a_solution_goes_from_definition_to_definition_yours_before_ours() -> None:
    assert answer(SOLVED) == expect("""
        Our solution of step 1: An entity is who it is.

        Since two is right.

        In `a.py`:

        `f_different`, your line 7: yours, and ours.

        Yours, f_different:
            def f():
                return 1

        Ours, f_different:
            def f():
                return 2

        `f_blank`, your line 7: yours is still blank. Ours:

            def g(): ...

        `f_missing`: a helper that only ours has:

            def _h(): ...

        `f_missing`: not in your file. Ours:

            def i(): ...

        `f_only_yours`, your line 7: a helper that only yours has:

            def _j(): ...

        Equal in yours and ours:
            f_equal

        Next: Go on.
        """)


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (80, ["- yours, + ours", "  def f():", "-     return 1", "+     return 2"]),
        (100, ["- Yours + Ours", "  def f():   def f():", "-     return 1 +     return 2"]),
    ],
)
def test_yours_and_ours_are_side_by_side_where_there_is_room(width: int, lines: list[str]) -> None:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(render_rich(SOLVED))
    shown = console.file.getvalue().split("\n")  # type: ignore[attr-defined]  # a StringIO
    begin = next(n for n, line in enumerate(shown) if line.casefold().startswith("- yours"))
    block = shown[begin : begin + len(lines)]
    assert [re.sub(" {6,}(?=[-+ ] )| +$", " ", line).rstrip() for line in block] == lines


def test_of_many_lines_that_are_alike_those_near_the_difference_are_shown() -> None:
    alike = "\n".join(f"line {number}" for number in range(20))
    long = replace(SOLVED, definitions=(pair("different", f"{alike}\na", f"{alike}\nb"),))
    assert answer(long).count("[14 lines alike left out]") == 2
    assert "line 2\n    [14 lines alike left out]\n    line 17\n" in answer(long)


def test_a_removed_line_that_looks_like_a_file_header_stays_in_the_diff() -> None:
    diff = FileDiff(file="a.sql", lines=("--- yours", "+++ ours", "@@ -1 +0,0 @@", "--- a comment"))
    text = answer(SolutionResult(step=IDENTITY, why="w", diffs=(diff,), next_action="Go on."))
    assert "\n--- a comment\n" in text
    assert "--- yours" not in text


def test_a_change_names_files_and_backup() -> None:
    change = ChangeResult(
        sentence="Step 1 is blank again",
        files=(FILE,),
        backup=".workshop/b/1",
        next_action="Go on.",
    )
    assert answer(change) == expect("""
        Step 1 is blank again.

        Changed:
            exercises/domain_model/work_item.py
        Backup: `.workshop/b/1` keeps what was there before.

        Next: Go on.
        """)


def branch(
    outcome: str, name: str, *, before: str | None = None, reason: str = ""
) -> SolutionBranch:
    return SolutionBranch(
        name=f"solution/{name}",
        part=f"All about {name}",
        outcome=outcome,
        commits=2,
        tip="c0ffee" * 6,
        before=before,
        reason=reason,
    )


def branched(*branches: SolutionBranch) -> Shown:
    return BranchesResult(
        branches=branches, base="148af5aaf9ebe1b1", subject="The course", next_action="Go on."
    )


def test_branches_that_were_made_say_what_they_grow_from() -> None:
    assert answer(branched(branch("made", "lamps"), branch("unchanged", "tallies"))) == expect("""
        Your repository has 2 solution branches, up to date.

        made: solution/lamps: All about lamps, 2 commits.
        unchanged: solution/tallies: All about tallies, 2 commits.

        They grow from commit 148af5aa: The course

        Next: Go on.
        """)


def test_branches_that_were_moved_say_how() -> None:
    extended = branch("extended", "lamps", before="0" * 40)
    replaced = branch("replaced", "tallies", before="54e445c6cb92")
    text = " ".join(answer(branched(extended, replaced)).split())
    assert "extended: solution/lamps: All about lamps, 2 commits, those that were there" in text
    assert "2 commits, all of them new; it was at 54e445c6." in text


def test_branches_as_they_were_change_nothing() -> None:
    text = answer(branched(branch("unchanged", "lamps")))
    assert text.startswith("Nothing changed: your repository has 1 solution branch, up to date.\n")


def test_a_branch_that_was_kept_says_why() -> None:
    kept = branch("kept", "lamps", reason="It is yours: `git branch -m a b`.")
    assert answer(branched(kept, branch("made", "tallies"))).startswith(
        expect("""
        1 of 2 solution branches could not be updated.

        kept: solution/lamps, as it was.
        Why: It is yours: `git branch -m a b`.
        made: solution/tallies""")
    )


UPDATE = UpdateResult(
    source="../newer",
    dry_run=False,
    updated=("exercises/course.toml", *(f"solutions/{n}.py" for n in range(9))),
    added=("notebooks/20_more.ipynb",),
    removed=(),
    moved=(
        FileMove(before="exercises/test_01_id.py", after="exercises/test_01_identity.py"),
        FileMove(before="solutions/wrong/01_id/a.py", after="solutions/wrong/01_identity/a.py"),
    ),
    yours=(FILE,),
    left=(),
    conflicts=(
        UpdateConflict(
            steps=(IDENTITY,),
            file=FILE,
            names=("WorkItem.rename",),
            beside=f"{FILE}.new",
            sentence="In step 1, `WorkItem.rename` is yours.",
        ),
    ),
    backup=".workshop/b/1",
    next_action="Go on.",
)


def test_an_update_ends_with_what_both_have_changed() -> None:
    assert answer(UPDATE) == expect("""
        The update changed 13 files. At 1 place you had changed something too.

        Updated:
            exercises/course.toml
            solutions/: 9 files
        Added:
            notebooks/20_more.ipynb
        Renamed:
            exercises/test_01_id.py is now test_01_identity.py
        Yours, and kept:
            exercises/domain_model/work_item.py
        Both changed: In step 1, `WorkItem.rename` is yours.
        Backup: `.workshop/b/1` keeps what was there before.

        Next: Go on.
        """)


def test_an_update_without_conflict_or_without_change_says_so() -> None:
    quiet = replace(UPDATE, conflicts=())
    assert answer(quiet).startswith("The update changed 13 files, and nothing of yours stood")
    assert answer(replace(quiet, dry_run=True)).startswith("The update would change 13 files")
    idle = replace(quiet, updated=(), added=(), moved=(), backup=None)
    assert answer(idle) == expect("""
        Nothing to update: you have all that this release brings.

        Next: Go on.
        """)


def standing(step: StepRef, state: str, spent: float | None = None) -> StepStatus:
    return StepStatus(step=step, state=state, minutes=20, attempts=1, hints=0, spent_minutes=spent)


def test_a_status_is_a_sentence_for_each_step() -> None:
    status = StatusResult(
        course="The course",
        steps=(standing(IDENTITY, "passed", 16.6), standing(INVARIANTS, "not started")),
        current=INVARIANTS,
        next_action="Go on.",
    )
    assert answer(status) == expect("""
        The course: 1 of 2 steps passed, and step 2 is next.

        Step 1, An entity is who it is: passed, 17 of 20 min, 1 failed check, no hints.
        Step 2, An object that cannot be wrong: not started, 20 min planned, 1 failed
        check, no hints.

        Next: Go on.
        """)


def onward(
    step: StepRef | None, *, begun: bool = False, extras: tuple[StepRef, ...] = ()
) -> NextResult:
    return NextResult(
        step=step,
        begun=begun,
        learns="rules live where the data is" if step else "",
        extras=extras,
        closing="notebooks/15.ipynb",
        next_action="Go on.",
    )


def test_what_comes_next_is_named_with_its_idea() -> None:
    assert answer(onward(IDENTITY, extras=(INVARIANTS,))) == expect("""
        Next is step 1, An entity is who it is.

        The idea: rules live where the data is.

        Next: Go on.
        """)


def test_a_step_that_was_begun_is_told_kindly() -> None:
    assert answer(onward(IDENTITY, begun=True)).startswith(
        "You are at step 1, An entity is who it is. It has not passed yet, and that is\nall right."
    )


def test_after_the_day_the_extra_steps_are_there_to_be_chosen() -> None:
    assert answer(onward(None, extras=(IDENTITY, INVARIANTS))) == expect("""
        Every step of the day is done. Well done!

        Extra steps, in any order:
            1 An entity is who it is
            2 An object that cannot be wrong

        Next: Go on.
        """)
    assert answer(onward(None)).startswith("Everything is done. Well done!\n")


def test_a_status_after_the_last_step_does_not_call_a_caught_up_step_passed() -> None:
    steps = (standing(IDENTITY, "caught up"), standing(INVARIANTS, "passed"))
    status = StatusResult(course="The course", steps=steps, current=None, next_action="Go on.")
    headline = answer(status).split("\n")[0]
    assert headline == "The course: 1 of 2 steps passed, 1 caught up, and none is left."


def test_a_stretch_step_is_extra_and_no_step_of_the_day() -> None:
    stretch = replace(standing(INVARIANTS, "not started"), stretch=True)
    steps = (standing(IDENTITY, "passed", 16.6), stretch)
    status = StatusResult(course="The course", steps=steps, current=None, next_action="Go on.")
    assert "The course: 1 of 1 step passed, and none is left." in answer(status)
    assert "20 min of your own time" in " ".join(answer(status).split())


def test_a_log_names_the_days_and_the_zone() -> None:
    entries = (
        LogEntry(recorded_at=SAVED, sentence="checked step 1"),
        LogEntry(recorded_at=datetime(2026, 9, 20, 13, 5, 0, tzinfo=UTC), sentence="passed step 1"),
    )
    first, second = (entry.recorded_at.astimezone() for entry in entries)
    assert answer(LogResult(entries=entries, as_at=None)) == expect(f"""
        Your log has 2 entries.

        Friday 18 September 2026 ({first.tzname()})

        {first:%H:%M:%S}: checked step 1

        Sunday 20 September 2026 ({second.tzname()})

        {second:%H:%M:%S}: passed step 1
        """)
    cut = answer(LogResult(entries=(), as_at=SAVED), width=200)
    moment = f"Friday 18 September 2026 ({first.tzname()}), {first:%H:%M:%S}"
    assert cut == f"Your log until {moment} has no entries."


def test_a_doctor_tells_what_failed_last_and_what_helps() -> None:
    findings = (
        Finding(name="git", ok=False, detail="not found", remedy="Install git."),
        Finding(name="Python", ok=True, detail="3.13.1", seconds=0.26),
    )
    assert answer(DoctorResult(findings=findings)) == expect("""
        1 of 2 things looked at needs mending before you start.

        ok: Python: 3.13.1 (0.3 s)
        failed: git: not found
        What helps: Install git.
        """)
    healthy = answer(DoctorResult(findings=findings[1:]))
    assert healthy.startswith("This machine is ready: 1 thing looked at.\n")


@pytest.mark.parametrize(
    ("ok", "headline"),
    [
        (True, "The course is ready to be taught: 1 proof, in 12 s."),
        (False, "The course is not ready: 1 of 1 proof failed, in 12 s."),
    ],
)
def test_a_rehearsal_ends_in_one_sentence(ok: bool, headline: str) -> None:
    finding = Finding(name="step 1", ok=ok, detail="starter is red")
    assert answer(RehearsalResult(findings=(finding,), seconds=12.4)).startswith(headline)


def test_a_rehearsal_says_what_it_could_not_prove_here() -> None:
    findings = (
        Finding(name="step 2", ok=True, proven=False, detail="It needs a driver."),
        Finding(name="step 1", ok=True, detail="starter is red"),
    )
    assert answer(RehearsalResult(findings=findings, seconds=12.4)) == expect("""
        The course is ready to be taught, as far as known: 1 of 2 proofs was not made
        here, in 12 s.

        ok: step 1: starter is red
        not proven: step 2: It needs a driver.
        """)


@pytest.mark.parametrize(
    ("ok", "headline"),
    [
        (True, "1 deck looked at: every slide fits, and can be read."),
        (False, "1 of 1 deck needs mending."),
    ],
)
def test_a_look_at_the_slides_ends_in_one_sentence(ok: bool, headline: str) -> None:
    finding = Finding(name="slides/00_opening.ipynb", ok=ok, detail="12 slides")
    assert answer(SlidesResult(findings=(finding,))).startswith(headline)


NINE = datetime.fromisoformat("2027-03-01T09:00").astimezone()


def paced(late: int | None, *cuts: PaceCut) -> PaceResult:
    rows: list[tuple[str, int | None, int, Literal["over", "now", "to come"]]] = [
        ("Opening", None, 10, "over"),
        ("Light", 1, 20, "now"),
        ("Dark", 2, 0, "to come"),
    ]
    begins = iter((0, 10, 30))
    blocks = [
        PaceBlock(
            title=title,
            number=number,
            mode="given" if minutes == 0 else "written",
            minutes=minutes,
            planned=NINE + timedelta(minutes=begin),
            expected=NINE + timedelta(minutes=begin + (late or 0)),
            state=state,
        )
        for (title, number, minutes, state), begin in zip(rows, begins, strict=True)
    ]
    return PaceResult(
        route="Half day",
        now=NINE + timedelta(minutes=17),
        start=NINE,
        end=NINE + timedelta(minutes=30),
        late=late,
        blocks=tuple(blocks),
        cuts=cuts,
    )


def test_the_pace_is_the_day_and_what_to_cut() -> None:
    cut = PaceCut(step=StepRef(number=1, id="light", title="Light"), how="Give it.", saves=8)
    assert answer(paced(7, cut)) == expect("""
        Half day, 09:00 to 09:30. You are 7 minutes late.

        09:00: Opening, 10 minutes, over.
        09:10, now 09:17: step 1, Light, 20 minutes, now.
        09:30, now 09:37: step 2, Dark, given, to come.

        Cut in step 1, saves 8 minutes: Give it.

        Next: With this you end on time.
        """)


@pytest.mark.parametrize(
    ("late", "headline", "next_action"),
    [
        (0, "You are on time.", "Nothing has to be cut. Give the time to questions."),
        (-1, "You are 1 minute ahead.", "Nothing has to be cut. Give the time to questions."),
        (5, "You are 5 minutes late.", "Nothing is left to cut. Tell the room now that it ends"),
        (
            None,
            "It is 09:17.",
            "By the plan it is time for step 1. When a step begins, say which: "
            "`workshop pace --at 1` shows what to cut.",
        ),
    ],
)
def test_the_pace_says_how_late_it_is_and_what_to_do(
    late: int | None, headline: str, next_action: str
) -> None:
    said = " ".join(answer(paced(late)).split())
    assert said.startswith(f"Half day, 09:00 to 09:30. {headline}")
    assert f"Next: {next_action}" in said


def test_cuts_that_do_not_save_enough_say_what_is_left() -> None:
    cut = PaceCut(step=StepRef(number=1, id="light", title="Light"), how="Give it.", saves=8)
    assert "you still end 3 minutes late" in answer(paced(11, cut))


def test_a_problem_is_its_sentence() -> None:
    assert answer(Problem(sentence="There is no step 99.")) == "There is no step 99."


def test_json_names_results_and_verdicts() -> None:
    text = render_json(checked(Passed(tests=3)))
    assert '"kind": "check"' in text
    assert '"verdict": {\n    "kind": "passed",\n    "tests": 3\n  }' in text
    half_way = SoFarRight(passed=1, tests=2, blanks=("WorkItem.rename",), file=FILE)
    assert json.loads(render_json(checked(half_way)))["verdict"] == {
        "kind": "so_far_right",
        "passed": 1,
        "tests": 2,
        "blanks": ["WorkItem.rename"],
        "file": FILE,
    }


@pytest.mark.parametrize("module", ["rich", "IPython", "msgspec", "json"])
def test_importing_the_views_imports_nothing_heavy(module: str) -> None:
    code = f"import sys, workshop.views; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
