import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workshop.course.errors import CourseError
from workshop.course.progress_events import PROGRESS_CODEC, HintTaken, StepPassed
from workshop.course.results import CheckResult, EarlierStepBroke, NotStarted, Passed
from workshop.course.session import Session
from workshop.eventsourcing import SqliteEventStore

START = datetime(2026, 9, 18, 9, 0, tzinfo=UTC)

LAMP = "exercises/lamps/lamp.py"
TALLY = "exercises/tallies/tally.py"
CLOSING = "notebooks/04_good_night.ipynb"


def opened(root: Path) -> Session:
    """A session whose clock goes on by a minute whenever somebody looks at it."""
    minutes: Iterator[int] = iter(range(1000))
    return Session(root, clock=lambda: START + timedelta(minutes=next(minutes)), seconds=30.0)


@pytest.fixture
def session(tiny: Path) -> Iterator[Session]:
    with closing(opened(tiny)) as session:
        yield session


def solve(root: Path, package: str = "lamps") -> None:
    for path in (root / "solutions" / package).glob("*.py"):
        (root / "exercises" / package / path.name).write_bytes(path.read_bytes())


def text(session: Session, file: str = LAMP) -> str:
    return (session.root / file).read_bytes().decode()


def states(session: Session) -> list[str]:
    return [step.state for step in session.status().steps]


# Opening


def test_a_session_opens_from_any_folder_below(tiny: Path) -> None:
    with closing(Session.open(tiny / "exercises" / "lamps")) as session:
        assert session.course.title == "Lamps and tallies"


def test_a_broken_manifest_is_one_sentence(tiny: Path) -> None:
    (tiny / "exercises" / "course.toml").write_text("steps = [", encoding="utf-8")

    with pytest.raises(CourseError, match=r"course\.toml cannot be read"):
        Session.open(tiny)


# Where the student is


def test_somebody_new_is_at_the_first_step_with_the_welcome_notebook(session: Session) -> None:
    status = session.status()

    assert (status.course, states(session)) == ("Lamps and tallies", ["not started"] * 3)
    assert status.current == session.course.step(1).ref
    assert f"`{LAMP}`" in status.next_action
    assert "`workshop check 1`" in status.next_action
    assert session.desk() == ("notebooks/00_welcome.ipynb", LAMP)


def test_a_step_that_is_asked_for_is_laid_on_the_desk(session: Session) -> None:
    assert session.desk(3) == ("notebooks/03_counting.ipynb", TALLY)


def test_the_sequel_of_a_step_is_laid_on_the_desk_by_its_own_number(tiny: Path) -> None:
    text = (tiny / "exercises" / "course.toml").read_text(encoding="utf-8")
    (tiny / "exercises" / "course.toml").write_text(
        f'{text}sequel = "notebooks/05_more.ipynb"\n', encoding="utf-8"
    )

    with closing(Session(tiny)) as session:
        assert session.desk(5) == ("notebooks/05_more.ipynb", TALLY)
        assert session.desk(3) == ("notebooks/03_counting.ipynb", TALLY)


def test_passing_a_step_leads_to_the_next(session: Session) -> None:
    solve(session.root)

    result = session.check()

    assert isinstance(result.verdict, Passed)
    assert result.step.number == 1
    assert "`workshop solution 1`" in result.next_action
    assert "`workshop lab 2`" in result.next_action
    assert session.status().current == session.course.step(2).ref
    assert session.desk() == ("notebooks/02_dimming.ipynb", LAMP)


def test_after_the_last_step_the_day_is_done(session: Session) -> None:
    solve(session.root)
    solve(session.root, "tallies")
    for number in (1, 2, 3):
        last = session.check(number)

    assert "Every step of the day is done" in last.next_action
    assert CLOSING in last.next_action
    assert session.status().current is None
    assert "`workshop log`" in session.status().next_action
    assert CLOSING in session.status().next_action
    assert session.desk() == session.desk(4) == (CLOSING, TALLY)
    assert session.hint().step.number == 3


def test_who_caught_up_goes_on_from_there_and_comes_back_to_what_was_left_open(
    session: Session,
) -> None:
    session.catch_up(3)  # of another part than the first two, which are open
    assert session.status().current == session.course.step(3).ref
    assert session.check().step.number == 3
    assert session.desk() == ("notebooks/03_counting.ipynb", TALLY)

    solve(session.root, "tallies")
    session.check()
    assert session.status().current == session.course.step(1).ref


def test_a_catch_up_that_was_taken_back_leads_nowhere(session: Session) -> None:
    solve(session.root)
    session.catch_up(2)
    assert session.status().current == session.course.step(2).ref

    session.undo()

    assert session.status().current == session.course.step(1).ref


@pytest.fixture
def with_stretch(tiny: Path) -> Iterator[Session]:
    """A session in a course whose last step is for who has time left."""
    manifest = tiny / "exercises" / "course.toml"
    head, marker, last = manifest.read_text(encoding="utf-8").rpartition("number = 3\n")
    changed = last.replace('mode = "written", minutes = 5', 'mode = "own time", minutes = 0')
    text = f"{head}{marker}stretch = true\n{changed}"
    manifest.write_text(text, encoding="utf-8", newline="\n")
    with closing(opened(tiny)) as session:
        yield session


def test_the_day_is_done_without_its_stretch_step(with_stretch: Session) -> None:
    solve(with_stretch.root)
    for number in (1, 2):
        last = with_stretch.check(number)

    assert "Every step of the day is done" in last.next_action
    assert "`workshop lab 3`" in last.next_action
    assert with_stretch.status().current is None
    assert "`workshop lab 3`" in with_stretch.status().next_action
    assert [step.stretch for step in with_stretch.status().steps] == [False, False, True]


def test_with_the_day_done_the_open_stretch_step_is_the_one_that_is_checked(
    with_stretch: Session,
) -> None:
    solve(with_stretch.root)
    for number in (1, 2):
        with_stretch.check(number)

    assert with_stretch.check().step.number == 3

    solve(with_stretch.root, "tallies")
    passed = with_stretch.check()

    assert isinstance(passed.verdict, Passed)
    assert "workshop lab" not in passed.next_action
    assert "workshop lab" not in with_stretch.status().next_action


def test_with_the_day_done_the_stretch_step_is_for_the_student_to_choose(
    with_stretch: Session,
) -> None:
    solve(with_stretch.root)
    for number in (1, 2):
        with_stretch.check(number)

    done = with_stretch.next_step()
    assert (done.step, [extra.number for extra in done.extras]) == (None, [3])
    assert CLOSING in done.next_action

    with_stretch.hint(3)
    assert with_stretch.next_step().step == with_stretch.course.step(3).ref
    assert with_stretch.next_step().begun

    solve(with_stretch.root, "tallies")
    passed = with_stretch.check()
    assert "step of the day" not in passed.next_action
    assert "`workshop log` tells your day" in passed.next_action
    assert with_stretch.next_step().extras == ()


def test_who_catches_up_to_a_stretch_step_is_at_that_step(with_stretch: Session) -> None:
    with_stretch.catch_up(3)

    assert with_stretch.status().current == with_stretch.course.step(3).ref
    assert with_stretch.next_step().step == with_stretch.course.step(3).ref


def test_catching_up_leaves_what_was_written_for_another_stretch_step(
    with_stretch: Session,
) -> None:
    root = with_stretch.root
    manifest = root / "exercises" / "course.toml"
    head, marker, last = manifest.read_text(encoding="utf-8").rpartition("number = 2\n")
    both = f"{head}{marker}stretch = true\n{last}".replace('part = "tallies"', 'part = "lamps"')
    manifest.write_text(both, encoding="utf-8", newline="\n")
    (root / "exercises" / "lamps" / "tally.py").write_bytes(b"mine")
    shutil.copyfile(
        root / "solutions" / "tallies" / "tally.py", root / "solutions" / "lamps" / "tally.py"
    )
    with closing(opened(root)) as session:
        assert session.catch_up(2).files == (LAMP,)
        assert session.catch_up(1).files == (LAMP,)
        assert text(session, "exercises/lamps/tally.py") == "mine"

        assert session.catch_up(3).files == (LAMP, "exercises/lamps/tally.py")
        assert "Tally" in text(session, "exercises/lamps/tally.py")


def test_what_comes_next_is_the_first_step_that_is_open(session: Session) -> None:
    assert session.next_step().step == session.course.step(1).ref
    solve(session.root)
    session.check(1)

    answer = session.next_step()

    assert (answer.step, answer.begun) == (session.course.step(2).ref, False)
    assert answer.learns == "something about lamps"
    assert "`workshop check 2`" in answer.next_action


def test_a_step_that_was_begun_can_be_left_behind(session: Session) -> None:
    session.hint(1)

    answer = session.next_step()

    assert (answer.step, answer.begun) == (session.course.step(1).ref, True)
    assert "`workshop check 1`" in answer.next_action
    assert "`workshop catch-up 2`" in answer.next_action


def test_a_check_that_does_not_pass_counts_as_an_attempt(session: Session) -> None:
    solve(session.root)
    (session.root / LAMP).write_text("def f(:\n", encoding="utf-8")

    session.check(1)
    session.check(1)

    step = session.status().steps[0]
    assert (step.state, step.attempts, step.minutes) == ("started", 2, 10)
    assert step.spent_minutes == 1


@pytest.mark.parametrize("ask", ["check", "hint", "solution", "reset", "catch_up", "desk"])
def test_an_unknown_step_is_one_sentence_whatever_is_asked(session: Session, ask: str) -> None:
    with pytest.raises(CourseError, match="no step 99"):
        getattr(session, ask)(99)


def test_progress_recorded_under_an_older_name_of_a_step_counts(tiny: Path) -> None:
    (tiny / ".workshop").mkdir()
    with closing(SqliteEventStore(tiny / ".workshop" / "progress.db", PROGRESS_CODEC)) as store:
        passed = [StepPassed(step=name, digest="d") for name in ("brightness", "unheard-of")]
        store.append("student", passed, expected_version=0)

    with closing(Session(tiny)) as session:
        assert states(session) == ["not started", "passed", "not started"]
        assert [entry.sentence for entry in session.log().entries] == [
            "passed step 2, Less light",
            "passed [unheard-of]",
        ]


def test_a_hint_beyond_the_last_that_the_course_has_today_is_the_last(tiny: Path) -> None:
    (tiny / ".workshop").mkdir()
    with closing(SqliteEventStore(tiny / ".workshop" / "progress.db", PROGRESS_CODEC)) as store:
        store.append("student", [HintTaken(step="switching", number=9)], expected_version=0)

    with closing(Session(tiny)) as session:
        assert session.hint(1).number == 3


# Hints, solutions and the log


def test_each_hint_says_more_until_the_last_is_repeated(session: Session) -> None:
    hints = [session.hint(1) for _ in range(4)]

    assert [hint.number for hint in hints] == [1, 2, 3, 3]
    assert [hint.text for hint in hints] == [
        "What is missing?",
        "Look at the docstring.",
        "Nearly all of it.",
        "Nearly all of it.",
    ]
    assert hints[0].next_action == "Try it: `workshop check 1`."
    assert "`workshop solution 1`" in hints[2].next_action


def test_a_hint_is_offered_at_the_third_failed_check_and_not_before(session: Session) -> None:
    solve(session.root)
    (session.root / LAMP).write_text(text(session).replace("> 0", "< 0"), encoding="utf-8")

    actions = [session.check(1).next_action for _ in range(3)]

    assert [" hint" in action for action in actions] == [False, False, True]
    assert actions[2].endswith("Stuck? Hint 1 of 3: `workshop hint 1`.")


def test_after_a_hint_there_is_time_to_try_it(session: Session) -> None:
    solve(session.root)
    (session.root / LAMP).write_text(text(session).replace("> 0", "< 0"), encoding="utf-8")
    for _ in range(3):
        session.check(1)
    session.hint(1)

    actions = [session.check(1).next_action for _ in range(3)]

    assert [" hint" in action for action in actions] == [False, False, True]
    assert actions[2].endswith("Stuck? Hint 2 of 3: `workshop hint 1`.")


def test_after_the_last_hint_the_solution_is_offered(session: Session) -> None:
    solve(session.root)
    (session.root / LAMP).write_text(text(session).replace("> 0", "< 0"), encoding="utf-8")
    for _ in range(3):
        session.hint(1)

    actions = [session.check(1).next_action for _ in range(3)]

    assert [" solution" in action for action in actions] == [False, False, True]
    assert actions[2].endswith("Stuck? Compare with ours: `workshop solution 1`.")


def test_no_hint_is_offered_for_what_python_cannot_read(session: Session) -> None:
    (session.root / LAMP).write_text("def f(:\n", encoding="utf-8")

    actions = [session.check(1).next_action for _ in range(12)]

    assert not any("Stuck" in action for action in actions)


def test_a_solution_shows_the_way_from_yours_to_ours(session: Session) -> None:
    before = text(session)

    result = session.solution(1)

    (diff,) = result.diffs
    assert diff.file == LAMP
    assert '-        raise NotImplementedError("step 1: Lamp.switch_on")' in diff.lines
    assert "+        self._level = 100" in diff.lines
    assert not any("step 2" in line for line in diff.lines if line.startswith("+"))
    assert result.why == "It is short."
    assert "`workshop catch-up 2`" in result.next_action
    assert text(session) == before


def test_after_the_pass_the_solution_leads_on(session: Session) -> None:
    solve(session.root)
    session.check(1)

    assert session.solution(1).next_action == "Next is step 2: `workshop lab 2`."


def test_a_solution_like_ours_shows_no_difference(session: Session) -> None:
    session.catch_up(2)

    assert session.solution(1).diffs[0].lines == ()


@pytest.mark.parametrize("yours", [b"def (:\r\n", b"\xff\xfe\x00", b"\xef\xbb\xbfx = 1\n"])
def test_a_solution_is_shown_beside_any_bytes(session: Session, yours: bytes) -> None:
    (session.root / LAMP).write_bytes(yours)

    lines = session.solution(1).diffs[0].lines

    assert "+        self._level = 100" in lines
    assert not any("\ufeff" in line for line in lines)


def test_the_log_tells_the_day(session: Session) -> None:
    session.hint(1)
    session.solution(1)
    session.catch_up(2)
    session.undo()

    entries = session.log().entries
    assert [entry.sentence for entry in entries] == [
        "took hint 1 of step 1, Light",
        "looked at the solution of step 1, Light",
        "caught up to step 2, Less light",
        "took the last change back",
    ]
    assert [entry.recorded_at for entry in entries] == [
        START + timedelta(minutes=minute) for minute in range(4)
    ]


def test_the_log_of_an_earlier_time_ends_there(session: Session) -> None:
    session.hint(1)
    session.hint(1)

    log = session.log(START)

    assert (len(log.entries), log.as_at) == (1, START)


def test_a_moment_without_a_zone_is_refused(session: Session) -> None:
    with pytest.raises(CourseError, match="needs a time zone"):
        session.log(datetime(2026, 9, 18, 9, 0))  # noqa: DTZ001 - that is the point


# Reset


def test_a_reset_blanks_the_step_and_keeps_the_rest_as_it_was_written(session: Session) -> None:
    solve(session.root)
    mine = text(session).replace("\n", "\r\n").replace('"""A lamp."""', '"""Mine."""')
    (session.root / LAMP).write_bytes(mine.encode())

    result = session.reset(1)

    assert (result.files, result.warnings) == ((LAMP,), ())
    assert "`workshop undo`" in result.next_action
    changed = text(session)
    assert changed.startswith('"""Mine."""\r\n')
    assert 'raise NotImplementedError("step 1: Lamp.switch_on")\r\n' in changed
    assert "lamp.level //= 2\r\n" in changed
    assert "\n" not in changed.replace("\r\n", "")
    assert isinstance(session.check(1).verdict, NotStarted)


def test_a_reset_of_a_file_that_does_not_parse_gives_the_starter_and_keeps_yours(
    session: Session,
) -> None:
    (session.root / LAMP).write_text("def f(:\n", encoding="utf-8")

    result = session.reset(1)

    assert result.backup is not None
    assert result.warnings[0].startswith("lamp.py does not parse")
    assert (session.root / result.backup / "files" / LAMP).read_bytes() == b"def f(:\n"
    assert isinstance(session.check(1).verdict, NotStarted)
    session.undo()
    assert text(session) == "def f(:\n"


def test_a_reset_brings_a_deleted_file_back(session: Session) -> None:
    starter = text(session)
    (session.root / LAMP).unlink()

    session.reset(1)

    assert text(session) == starter
    session.undo()
    assert not (session.root / LAMP).exists()


def test_a_reset_of_a_blank_step_changes_nothing(session: Session) -> None:
    result = session.reset(1)

    assert (result.files, result.backup) == ((), None)
    assert result.sentence == "Nothing to change: step 1 is blank already"
    assert session.log().entries == ()


def test_a_reset_takes_the_pass_away_and_undo_brings_it_back(session: Session) -> None:
    solve(session.root)
    session.check(1)

    session.reset(1)
    assert states(session)[0] == "not started"

    session.undo()
    assert states(session)[0] == "passed"
    assert isinstance(session.check(1).verdict, Passed)


# Catching up


def test_catching_up_solves_what_is_before_and_blanks_what_follows(session: Session) -> None:
    result = session.catch_up(2)

    assert result.sentence == "You are at the start of step 2: Less light"
    assert result.files == (LAMP,)
    assert states(session) == ["caught up", "not started", "not started"]
    assert isinstance(session.check(1).verdict, Passed)
    verdict = session.check(2).verdict
    assert verdict == NotStarted(blanks=("Lamp.level", "dim_all"))


def test_catching_up_leaves_the_other_part_alone(session: Session) -> None:
    mine = b"my own\r\n"
    (session.root / TALLY).write_bytes(mine)

    session.catch_up(2)

    assert (session.root / TALLY).read_bytes() == mine


def test_catching_up_keeps_files_that_only_the_student_has(session: Session) -> None:
    (session.root / "exercises" / "lamps" / "mine.py").write_text("x = 1\n", encoding="utf-8")

    session.catch_up(2)

    assert text(session, "exercises/lamps/mine.py") == "x = 1\n"


def test_undoing_a_catch_up_restores_bytes_and_states(session: Session) -> None:
    before = b"\xff my work \r\n"
    (session.root / LAMP).write_bytes(before)
    session.catch_up(2)
    (session.root / LAMP).write_bytes(b"and more")

    result = session.undo()

    assert (session.root / LAMP).read_bytes() == before
    assert states(session) == ["not started"] * 3
    assert result.sentence == "Your files are as they were before `workshop catch-up 2`"
    assert result.backup is not None
    assert (session.root / result.backup / LAMP).read_bytes() == b"and more"


def test_a_step_that_was_given_is_not_passed_by_checking_it(session: Session) -> None:
    session.catch_up(2)

    assert isinstance(session.check(1).verdict, Passed)

    assert states(session)[0] == "caught up"
    assert session.log().entries[-1].sentence == "checked step 1, Light: our solution passes"


def test_a_given_step_that_looks_another_way_is_still_given(session: Session) -> None:
    session.catch_up(2)
    other = text(session).replace("  # step 1", "").replace("\n", "\r\n")
    (session.root / LAMP).write_bytes(other.encode())

    session.check(1)

    assert states(session)[0] == "caught up"


def test_a_given_step_that_is_written_anew_is_passed(session: Session) -> None:
    session.catch_up(2)
    own = text(session).replace("self._level = 100", "self._level = 99 + 1")
    (session.root / LAMP).write_text(own, encoding="utf-8")

    session.check(1)

    assert states(session)[0] == "passed"


def test_undoing_a_catch_up_leaves_a_pass_in_another_file_alone(tiny: Path) -> None:
    # The second step is in a file of its own, and is right before somebody catches up.
    manifest = tiny / "exercises" / "course.toml"
    text_ = manifest.read_text(encoding="utf-8").replace('part = "tallies"', 'part = "lamps"')
    manifest.write_text(text_, encoding="utf-8", newline="\n")
    for folder in ("exercises", "solutions"):
        shutil.copyfile(tiny / folder / "tallies/tally.py", tiny / folder / "lamps/tally.py")
        with (tiny / folder / "lamps" / "__init__.py").open("a", encoding="utf-8") as facade:
            facade.write("from .tally import Tally\n")
    conftest = tiny / "exercises" / "conftest.py"
    names = conftest.read_text(encoding="utf-8").replace("exercises.tallies", "exercises.lamps")
    conftest.write_text(names, encoding="utf-8", newline="\n")
    with closing(opened(tiny)) as session:
        session.catch_up(3)
        ours = tiny / "solutions" / "lamps" / "tally.py"
        shutil.copyfile(ours, tiny / "exercises" / "lamps" / "tally.py")
        assert isinstance(session.check(3).verdict, Passed)

        session.undo()

        assert states(session) == ["not started", "not started", "passed"]


def test_catching_up_where_one_is_already_still_counts(session: Session) -> None:
    session.catch_up(2)
    (session.root / ".workshop" / "progress.db").unlink()
    with closing(Session(session.root)) as later:
        result = later.catch_up(2)

        assert result.files == ()
        assert states(later)[0] == "caught up"


def test_an_unsolved_earlier_step_is_offered_by_catching_up(session: Session) -> None:
    result = session.check(2)

    assert isinstance(result.verdict, EarlierStepBroke)
    assert "`workshop catch-up 2`" in result.next_action


def test_without_solutions_the_remedy_is_said(session: Session) -> None:
    for path in (session.root / "solutions" / "lamps").glob("*.py"):
        path.unlink()

    for ask in (session.reset, session.catch_up, session.solution):
        with pytest.raises(CourseError, match="git checkout -- solutions"):
            ask(1)


def test_with_a_broken_solution_the_remedy_is_said(session: Session) -> None:
    (session.root / "solutions" / "lamps" / "lamp.py").write_text("def (:", encoding="utf-8")

    for ask in (session.reset, session.catch_up, session.solution):
        with pytest.raises(CourseError, match=r"lamp\.py is broken.*git checkout -- solutions"):
            ask(1)


def test_with_nothing_to_undo_one_sentence_says_so(session: Session) -> None:
    with pytest.raises(CourseError, match="nothing to undo"):
        session.undo()


# When progress cannot be recorded


@pytest.mark.parametrize("damage", ["a garbage file", "a folder", "no folder for it"])
def test_without_a_record_the_course_goes_on_and_says_so(
    tiny: Path, check: Callable[..., CheckResult], damage: str
) -> None:
    state = tiny / ".workshop"
    if damage == "no folder for it":
        state.write_text("a file where the folder should be", encoding="utf-8")
    else:
        state.mkdir()
        if damage == "a folder":
            (state / "progress.db").mkdir()
        else:
            (state / "progress.db").write_bytes(b"no database " * 500)
    solve(tiny)

    result = check(tiny, 1)

    assert isinstance(result.verdict, Passed)
    assert len(result.warnings) == 1
    assert "not being recorded" in result.warnings[0]
    with closing(Session(tiny)) as session:
        for answer in (session.hint(1), session.status(), session.log(), session.solution(1)):
            assert len(answer.warnings) == 1


def test_no_change_is_made_that_could_not_be_undone(tiny: Path) -> None:
    (tiny / ".workshop").write_text("a file where the folder should be", encoding="utf-8")
    (tiny / LAMP).write_bytes(b"mine")

    with closing(Session(tiny)) as session:
        for change in (session.catch_up, session.reset):
            with pytest.raises(CourseError, match="Nothing was changed"):
                change(2)

    assert (tiny / LAMP).read_bytes() == b"mine"
