import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from workshop.course.checking import Snapshot, jobs_of, sentence
from workshop.course.errors import CourseError
from workshop.course.manifest import Course
from workshop.course.results import (
    CheckResult,
    Crashed,
    EarlierStepBroke,
    Failed,
    ImportProblem,
    NotStarted,
    Passed,
    SoFarRight,
    SyntaxProblem,
)

Check: TypeAlias = Callable[..., CheckResult]

LAMP = Path("exercises", "lamps", "lamp.py")


def solved(root: Path) -> str:
    return (root / "solutions" / "lamps" / "lamp.py").read_text(encoding="utf-8")


def write(root: Path, text: str | bytes) -> None:
    (root / LAMP).write_bytes(text.encode() if isinstance(text, str) else text)


def rewrite(root: Path, old: str, new: str) -> None:
    """Solve everything, but for this."""
    assert old in solved(root)
    write(root, solved(root).replace(old, new))


# Verdicts


def test_a_starter_is_not_started_and_says_what_to_write(tiny: Path, check: Check) -> None:
    result = check(tiny, 1)

    assert result.verdict == NotStarted(blanks=("Lamp.__init__", "Lamp.is_on", "Lamp.switch_on"))
    assert "`exercises/lamps/lamp.py`" in result.next_action
    assert "`workshop check 1`" in result.next_action


def test_a_solution_passes_with_the_count_of_its_tests(tiny: Path, check: Check) -> None:
    write(tiny, solved(tiny))

    result = check(tiny, 2)

    assert result.verdict == Passed(tests=4)
    assert result.step.title == "Less light"
    assert 0 < result.seconds < 60


def test_a_failure_is_told_in_words_with_both_values_and_both_lines(
    tiny: Path, check: Check
) -> None:
    rewrite(tiny, "lamp.level //= 2", "print('dimming')\n        lamp.level //= 5")

    result = check(tiny, 2)

    assert isinstance(result.verdict, Failed)
    failure = result.verdict.failure
    assert failure.sentence == "dimming halves every lamp"
    assert failure.test == "exercises/test_02_dimming.py::test_dimming_halves_every_lamp"
    assert (failure.error, failure.expected, failure.got) == ("AssertionError", "25", "10")
    assert failure.printed == "dimming"
    assert failure.test_location is not None
    assert failure.test_location.text == "assert lamp.level == 25"
    assert result.verdict.others == 0


def test_an_error_of_the_students_names_their_line(tiny: Path, check: Check) -> None:
    rewrite(tiny, "lamp.level //= 2", "lamp.brightness //= 2")

    result = check(tiny, 2)

    assert isinstance(result.verdict, Failed)
    failure = result.verdict.failure
    assert failure.error == "AttributeError"
    assert failure.location is not None
    assert failure.location.file == "exercises/lamps/lamp.py"
    assert failure.location.text == "lamp.brightness //= 2"
    assert solved(tiny).splitlines()[failure.location.line - 1].strip() == "lamp.level //= 2"


def test_what_should_have_been_raised_is_what_was_expected(tiny: Path, check: Check) -> None:
    rewrite(tiny, "if not 0 <= level <= 100:", "if False:")

    result = check(tiny, 2)

    assert isinstance(result.verdict, Failed)
    failure = result.verdict.failure
    assert (failure.expected, failure.got) == ("ValueError is raised", "nothing is raised")


def test_a_relation_other_than_equality_is_part_of_what_was_expected(
    tiny: Path, check: Check
) -> None:
    (tiny / "exercises" / "test_01_switching.py").write_text(
        "def test_a_lamp_is_bright(lamps):\n    assert lamps.Lamp()._level > 50\n", encoding="utf-8"
    )
    write(tiny, solved(tiny))

    result = check(tiny, 1)

    assert isinstance(result.verdict, Failed)
    assert (result.verdict.failure.expected, result.verdict.failure.got) == ("> 50", "0")


@pytest.mark.parametrize(
    ("looks", "expected"),
    [("0 in", "0 in it"), ("100 not in", "100 not in it")],
    ids=["in", "not in"],
)
def test_what_should_be_in_something_is_expected_and_what_it_was_looked_for_in_is_got(
    tiny: Path, check: Check, looks: str, expected: str
) -> None:
    (tiny / "exercises" / "test_01_switching.py").write_text(
        "def test_levels(lamps):\n"
        "    levels = [lamps.Lamp()._level + 100]\n"
        f"    assert {looks} levels\n",
        encoding="utf-8",
    )
    write(tiny, solved(tiny))

    result = check(tiny, 1)

    assert isinstance(result.verdict, Failed)
    assert (result.verdict.failure.expected, result.verdict.failure.got) == (expected, "[100]")


def test_of_a_half_written_step_the_written_half_is_judged_first(tiny: Path, check: Check) -> None:
    starter = (tiny / LAMP).read_text(encoding="utf-8")
    blank = 'raise NotImplementedError("step 1: Lamp.{}")'
    assert blank.format("is_on") in starter
    write(
        tiny,
        starter.replace(blank.format("__init__"), "self._on = True").replace(
            blank.format("is_on"), "return self._on"
        ),
    )

    result = check(tiny, 1)

    assert isinstance(result.verdict, Failed)
    assert result.verdict.failure.sentence == "a lamp is dark at first"
    assert (result.verdict.others, result.verdict.waiting) == (0, 2)


def test_half_way_is_so_far_right_and_says_what_is_left(tiny: Path, check: Check) -> None:
    rewrite(tiny, "self._level = 100\n", 'raise NotImplementedError("step 1: Lamp.switch_on")\n')

    result = check(tiny, 1)

    assert result.verdict == SoFarRight(
        passed=1, tests=3, blanks=("Lamp.switch_on",), file=LAMP.as_posix()
    )
    assert "Go on in `exercises/lamps/lamp.py`" in result.next_action
    assert "`workshop check 1`" in result.next_action
    assert "hint" not in result.next_action


def test_what_is_begun_is_so_far_right_though_every_test_needs_what_is_blank(
    tiny: Path, check: Check
) -> None:
    rewrite(tiny, "self._level = 0\n", 'raise NotImplementedError("step 1: Lamp.__init__")\n')

    result = check(tiny, 1)

    assert result.verdict == SoFarRight(
        passed=0, tests=3, blanks=("Lamp.__init__",), file=LAMP.as_posix()
    )


def test_a_blank_that_hides_behind_a_name_is_still_to_write(tiny: Path, check: Check) -> None:
    rewrite(
        tiny,
        "        self._level = 100\n",
        '        where = "step 1: Lamp.switch_on"\n        raise NotImplementedError(where)\n',
    )

    result = check(tiny, 1)

    assert result.verdict == SoFarRight(passed=1, tests=3, blanks=("Lamp.switch_on",), file=None)
    assert "Go on in `exercises/lamps/lamp.py`" in result.next_action


def test_a_blank_that_no_test_has_met_yet_is_still_to_write(tiny: Path, check: Check) -> None:
    rewrite(tiny, "self._level = 100\n", 'raise NotImplementedError("step 1: Lamp.switch_on")\n')
    with (tiny / LAMP).open("a", encoding="utf-8") as file:
        file.write("\n\ndef glow():\n    raise NotImplementedError('step 1: glow')\n")
        file.write('\n\n# raise NotImplementedError("step 1: no_more")\n')

    verdict = check(tiny, 1).verdict

    assert isinstance(verdict, SoFarRight)
    assert verdict.blanks == ("Lamp.switch_on", "glow")


def test_one_real_failure_among_blanks_is_a_failure(tiny: Path, check: Check) -> None:
    rewrite(tiny, "self._level = 100\n", 'raise NotImplementedError("step 1: Lamp.switch_on")\n')
    write(tiny, (tiny / LAMP).read_text(encoding="utf-8").replace("_level > 0", "_level == 0"))

    verdict = check(tiny, 1).verdict

    assert isinstance(verdict, Failed)
    assert verdict.failure.sentence == "a lamp is dark at first"
    assert (verdict.others, verdict.waiting) == (0, 2)


def test_an_error_of_the_students_that_names_no_blank_is_a_failure(
    tiny: Path, check: Check
) -> None:
    rewrite(tiny, "self._level = 100\n", 'raise NotImplementedError("not today")\n')

    assert isinstance(check(tiny, 1).verdict, Failed)


def test_a_blank_of_an_earlier_step_is_that_steps_business(tiny: Path, check: Check) -> None:
    result = check(tiny, 2)

    assert isinstance(result.verdict, EarlierStepBroke)
    assert result.verdict.earlier.number == 1
    assert "`workshop catch-up 2`" in result.next_action


def test_a_step_does_not_pass_while_an_earlier_one_is_broken(tiny: Path, check: Check) -> None:
    rewrite(tiny, "self._level = 100\n", "self._level = 0\n")

    result = check(tiny, 2)

    assert isinstance(result.verdict, EarlierStepBroke)
    assert result.verdict.earlier.id == "switching"
    assert result.verdict.failure.sentence == "a lamp that is switched on shines"


def noting(root: Path, number: int, what: str) -> Path:
    """Have the tests of a step write down, in this file, that they ran."""
    (test,) = (root / "exercises").glob(f"test_{number:02}_*.py")
    note = root / what
    text = test.read_text(encoding="utf-8")
    more = f"\n\ndef test_that_notes():\n    open({str(note)!r}, 'w').close()\n"
    test.write_text(text + more, encoding="utf-8")
    return note


def test_tests_of_earlier_steps_run_for_an_answer_that_may_be_right(
    tiny: Path, check: Check
) -> None:
    write(tiny, solved(tiny))
    note = noting(tiny, 1, "ran")

    assert check(tiny, 2).verdict == Passed(tests=4)
    assert note.exists()


def test_nobody_in_the_middle_of_a_step_waits_for_tests_of_earlier_ones(
    tiny: Path, check: Check
) -> None:
    rewrite(tiny, "self._level = _checked(level)", "self._level = 7")
    note = noting(tiny, 1, "ran")

    assert isinstance(check(tiny, 2).verdict, Failed)
    assert not note.exists()


def test_an_answer_that_goes_wrong_after_a_good_start_is_wrong(tiny: Path, check: Check) -> None:
    rewrite(tiny, "lamp.level //= 2", "lamp.level //= 3")

    verdict = check(tiny, 2).verdict

    assert isinstance(verdict, Failed)
    assert verdict.failure.sentence == "dimming halves every lamp"
    assert verdict.others == 0


def test_many_earlier_steps_are_shared_out_and_none_is_left_out() -> None:
    root = Path(__file__).parents[2]
    course = Course.load(root / "exercises" / "course.toml")
    for step in course.steps:
        own, *rest = (job.test_files for job in jobs_of(root, course, step, 1.0))
        earlier = sorted(before.test_file for before in course.earlier_in_part(step))
        assert own == (step.test_file,)
        assert sorted(file for files in rest for file in files) == earlier
        assert len(rest) == min(2, (len(earlier) + 1) // 2)


def writing(root: Path, then: str = "") -> Path:
    """Have a test of step 1 write files in its folder, and then do more; where it says which."""
    (test,) = (root / "exercises").glob("test_01_*.py")
    where = root / "where"
    more = (
        "\n\ndef test_that_writes(tmp_path):\n"
        "    import pathlib, time\n"
        "    (tmp_path / 'a folder').mkdir()\n"
        "    (tmp_path / 'a folder' / 'a file').write_text('text')\n"
        f"    unfinished = pathlib.Path({str(where)!r} + '.unfinished')\n"
        "    unfinished.write_text(str(tmp_path), encoding='utf-8')\n"
        f"    unfinished.rename({str(where)!r})\n"
        f"    {then}\n"
    )
    test.write_text(test.read_text(encoding="utf-8") + more, encoding="utf-8")
    return where


def comes(true: Callable[[], bool]) -> bool:
    """Whether something comes true, on a busy machine too."""
    give_up = time.monotonic() + 60
    while not true() and time.monotonic() < give_up:
        time.sleep(0.01)
    return true()


def test_what_the_tests_write_for_themselves_is_removed(tiny: Path, check: Check) -> None:
    write(tiny, solved(tiny))
    where = writing(tiny)

    assert check(tiny, 1).verdict == Passed(tests=4)

    folder = Path(where.read_text(encoding="utf-8"))
    assert not folder.is_relative_to(tiny)
    assert comes(lambda: not folder.parent.exists())


def test_it_is_removed_too_when_the_check_itself_is_killed(tiny: Path) -> None:
    write(tiny, solved(tiny))
    release = tiny / "release"
    waits = f"while not pathlib.Path({str(release)!r}).exists(): time.sleep(0.01)"
    where = writing(tiny, waits)
    asked = "import pathlib, workshop.course.session as s; s.Session(pathlib.Path('.')).check(1)"
    with subprocess.Popen([sys.executable, "-c", asked], cwd=tiny) as checking:
        assert comes(where.exists)
        checking.kill()

    release.touch()

    assert comes(lambda: not Path(where.read_text(encoding="utf-8")).parent.exists())


def test_another_part_does_not_matter(tiny: Path, check: Check) -> None:
    write(tiny, "nonsense")
    package = tiny / "exercises" / "tallies"
    ours = (tiny / "solutions" / "tallies" / "tally.py").read_bytes()
    (package / "tally.py").write_bytes(ours)

    assert check(tiny, 3).verdict == Passed(tests=2)


def test_a_package_that_is_gone_is_an_import_problem(tiny: Path, check: Check) -> None:
    shutil.rmtree(tiny / "exercises" / "lamps")

    result = check(tiny, 1)

    assert result.verdict == ImportProblem(
        message="ModuleNotFoundError: No module named 'exercises.lamps'", location=None
    )
    assert result.saved_at is None
    assert f"`{LAMP.as_posix()}`" in result.next_action


def test_a_missing_test_file_is_said_with_its_remedy(tiny: Path, check: Check) -> None:
    (tiny / "exercises" / "test_01_switching.py").unlink()

    result = check(tiny, 1)

    assert isinstance(result.verdict, Crashed)
    assert "test_01_switching.py" in result.verdict.explanation
    assert "`git checkout exercises/test_01_switching.py`" in result.next_action


def test_a_file_that_cannot_be_opened_is_one_sentence(
    tiny: Path, check: Check, tmp_path: Path
) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("the superuser can open every file")
    (tiny / LAMP).chmod(0)

    with pytest.raises(CourseError, match=r"lamp\.py cannot be read"):
        check(tiny, 1)


# What a right answer may look like


def test_private_names_are_the_students_own(tiny: Path, check: Check) -> None:
    write(tiny, solved(tiny).replace("_level", "_glow").replace("_checked", "_sane"))

    assert check(tiny, 2).verdict == Passed(tests=4)


@pytest.mark.parametrize(
    "saved",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="with CRLF"),
        pytest.param(lambda text: b"\xef\xbb\xbf" + text.encode(), id="with a byte order mark"),
        pytest.param(lambda text: text.replace("    ", "\t").encode(), id="with tabs"),
        pytest.param(
            lambda text: ("# coding: latin-1\n" + text + "# ä\n").encode("latin-1"), id="in latin-1"
        ),
        pytest.param(lambda text: text.rstrip().encode(), id="without a last line end"),
    ],
)
def test_a_right_answer_passes_however_it_was_saved(
    tiny: Path, check: Check, saved: Callable[[str], bytes]
) -> None:
    write(tiny, saved(solved(tiny)))

    assert check(tiny, 1).verdict == Passed(tests=3)


def test_a_student_may_add_modules_of_their_own(tiny: Path, check: Check) -> None:
    package = tiny / "exercises" / "lamps"
    (package / "random.py").write_text("LIMIT = 100\n", encoding="utf-8")
    write(tiny, solved(tiny).replace("__all__", "from .random import LIMIT\n\n__all__"))

    assert check(tiny, 1).verdict == Passed(tests=3)


def test_a_file_of_the_students_does_not_stand_in_for_a_module_of_python(
    tiny: Path, check: Check
) -> None:
    for name in ("calendar", "difflib", "queue", "pytest", "msgspec"):
        (tiny / f"{name}.py").write_text("raise RuntimeError('not me')\n", encoding="utf-8")
    write(tiny, solved(tiny))

    assert check(tiny, 1).verdict == Passed(tests=3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PYTHONOPTIMIZE", "2"),
        ("PYTHONWARNINGS", "error"),
        ("PYTEST_ADDOPTS", "--collect-only"),
        ("PYTHONPATH", "exercises"),
    ],
)
def test_the_students_environment_does_not_change_the_verdict(
    tiny: Path, check: Check, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    rewrite(tiny, "self._level = 100\n", "pass\n")

    assert isinstance(check(tiny, 1).verdict, Failed)


def test_of_two_saves_within_a_second_the_newer_is_judged(tiny: Path, check: Check) -> None:
    right, wrong = "return self._level > 0", "return self._level < 0"
    rewrite(tiny, right, wrong)
    times = (tiny / LAMP).stat()
    assert isinstance(check(tiny, 1).verdict, Failed)

    write(tiny, solved(tiny))
    os.utime(tiny / LAMP, ns=(times.st_atime_ns, times.st_mtime_ns))

    assert check(tiny, 1).verdict == Passed(tests=3)


# Problems that Python finds before anything runs


@pytest.mark.parametrize(
    ("text", "line", "shown", "message"),
    [
        ("x = 1\ndef f(:\n", 2, "def f(:", "invalid syntax"),
        ("x = (1,\n", 1, "x = (1,", "never closed"),
        ("def f():\nreturn 1\n", 2, "return 1", "indented block"),
        ("x = 1\nreturn x\n", 2, "return x", "outside function"),
        ("def f(a, a):\n    pass\n", 1, "def f(a, a):", "duplicate argument"),
        ("if x:\n\ty = 1\n        z = 2\n", 3, "        z = 2", "tabs and spaces|unindent"),
        ("x = 1\n\0\ny = 2\n", 2, "\0", "null byte"),
        (b"x = 1\n\n\n# \xff\n", 4, "# \ufffd", "save it as UTF-8"),
        (b"# \xff\n", 1, "# \ufffd", "save it as UTF-8"),
        ("x = 1\n".encode("utf-16"), 1, "", "save it as UTF-8"),
        ("# coding: klingon\n", 1, "# coding: klingon", "klingon"),
        ("x = 1\x0c\ny = )\n", 2, "y = )", "unmatched"),
        ("(" * 300 + ")" * 300, 1, "(((", "nested"),
        ("-" * 100_000 + "1", 1, "---", ""),
    ],
)
def test_what_python_cannot_read_is_told_with_its_line(
    tiny: Path, check: Check, text: str | bytes, line: int, shown: str, message: str
) -> None:
    write(tiny, text)

    result = check(tiny, 1)

    assert isinstance(result.verdict, SyntaxProblem)
    assert result.verdict.location.file == "exercises/lamps/lamp.py"
    assert result.verdict.location.line == line
    assert shown in result.verdict.location.text
    assert any(part in result.verdict.message for part in message.split("|"))
    assert f"line {line} of `exercises/lamps/lamp.py`" in result.next_action


def test_style_that_python_warns_of_is_no_error(tiny: Path, check: Check) -> None:
    write(tiny, solved(tiny) + "\n\nx = 1 is 1\ny = '\\d'\nassert (x, 'always')\n")

    assert check(tiny, 1).verdict == Passed(tests=3)


# What was checked


def test_a_digest_names_exactly_the_bytes_that_were_checked(tiny: Path) -> None:
    package = tiny / "exercises" / "lamps"
    first = Snapshot.of(package)

    assert Snapshot.of(package) == first
    write(tiny, solved(tiny))
    assert Snapshot.of(package).digest != first.digest


def test_the_save_time_is_that_of_the_newest_file(tiny: Path) -> None:
    package = tiny / "exercises" / "lamps"
    os.utime(package / "__init__.py", (1_000_000, 1_000_000))
    os.utime(package / "lamp.py", (2_000_000, 2_000_000))

    saved_at = Snapshot.of(package).saved_at

    assert saved_at is not None
    assert saved_at.timestamp() == 2_000_000
    assert saved_at.tzinfo is not None


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ("test_a_lamp_is_dark_at_first", "a lamp is dark at first"),
        ("test_a_lamp_refuses[a name]", "a lamp refuses (a name)"),
        ("TestLamps::test_a_lamp_refuses[x[0]]", "a lamp refuses (x[0])"),
    ],
)
def test_a_tests_name_is_a_sentence(test: str, words: str) -> None:
    assert sentence(test) == words
