"""What a student reads, word by word."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from textwrap import dedent

import pytest

from workshop.course.results import (
    ChangeResult,
    CheckResult,
    Crashed,
    DoctorResult,
    EarlierStepBroke,
    Failed,
    FileDiff,
    Finding,
    HintResult,
    ImportProblem,
    Location,
    LogEntry,
    LogResult,
    Mistake,
    NotStarted,
    PaceBlock,
    PaceCut,
    PaceResult,
    Passed,
    RehearsalResult,
    SlidesResult,
    SolutionResult,
    StatusResult,
    StepRef,
    StepStatus,
    SyntaxProblem,
    TestFailure,
    TimedOut,
    Verdict,
)
from workshop.views import Problem, Shown, render_json, render_plain

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
    rows = [("Opening", None, 10, "over"), ("Light", 1, 20, "now"), ("Dark", 2, 0, "to come")]
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


@pytest.mark.parametrize("module", ["rich", "IPython", "msgspec", "json"])
def test_importing_the_views_imports_nothing_heavy(module: str) -> None:
    code = f"import sys, workshop.views; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
