"""From a step to a verdict: read the student's files, run the tests, say what came of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workshop.course.blanks import python_files
from workshop.course.definitions import split_lines
from workshop.course.errors import CourseError
from workshop.course.manifest import Course, Step
from workshop.course.parsing import check_syntax, decode
from workshop.course.results import (
    Crashed,
    EarlierStepBroke,
    Failed,
    ImportProblem,
    Location,
    NotStarted,
    Passed,
    SoFarRight,
    SyntaxProblem,
    TestFailure,
    TimedOut,
    Verdict,
)
from workshop.course.runner import Error, Job, Runner, TestReport, TestRun, outcome_of
from workshop.course.unwritten import Assignment, blank_in

__all__ = ["Checked", "Signature", "Snapshot", "check", "jobs_of", "sentence", "signature_of"]

Signature = frozenset[tuple[str, str]]
"""How a step fails: which of its tests, each with the name of the exception's class."""

_MANY = 3
"""Earlier steps whose tests are worth a second process."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Which bytes of the student's were checked; `saved_at` is the newest file's time, UTC."""

    digest: str
    saved_at: datetime | None

    @classmethod
    def of(cls, package: Path) -> "Snapshot":
        """Look at a package as it is now.

        Raises:
            CourseError: A file cannot be read.
        """
        digest = hashlib.blake2b(digest_size=8)
        saved = []
        try:
            for name, path in python_files(package).items():
                digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
                saved.append(path.stat().st_mtime)
        except OSError as error:
            raise CourseError(
                f"{error.filename} cannot be read ({error.strerror}). "
                f"Close what holds it, and check that the file is yours."
            ) from error
        newest = datetime.fromtimestamp(max(saved), UTC) if saved else None
        return cls(digest.hexdigest(), newest)


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict, with the signature that its likely mistake is looked up by."""

    verdict: Verdict
    signature: Signature
    blanks: frozenset[str]
    """The tests of the step that met a blank of it, so that nothing is known about them yet."""


def check(
    root: Path,
    course: Course,
    step: Step,
    runner: Runner,
    seconds: float,
    *,
    alone: bool = False,
) -> Checked:
    """Check a step in a workspace: its own tests and, once they pass, those of the earlier steps.

    So somebody in the middle of a step does not wait for what passed before.

    Args:
        root: The workspace.
        course: The course.
        step: The step.
        runner: Runs the tests.
        seconds: How long the step's own tests may take; the earlier ones as long for each step.
        alone: Run only its own, for what has the earlier steps right by construction.
    """
    package = f"exercises/{course.part_of(step).package}"
    problem = _syntax_problem(root, package)
    if problem is not None:
        return Checked(problem, frozenset(), frozenset())
    earlier = () if alone else course.earlier_in_part(step)
    files = tuple(s.test_file for s in (step, *earlier))
    missing = [file for file in files if not (root / file).is_file()]
    if missing:
        return Checked(_without_tests(missing[0]), frozenset(), frozenset())
    assignment = Assignment.of(root, package, step)

    jobs = jobs_of(root, course, step, seconds)
    run, *before = runner.run(jobs[:1] if alone else jobs)
    own = outcome_of(run, step.test_file)
    blanks = frozenset(test.name for test in own if _blank_of(test, step.number))
    verdict = _untold(run, [step.test_file], seconds) or _judge(own, step, earlier, assignment)
    if isinstance(verdict, Passed):
        for each, job in zip(before, jobs[1:], strict=not alone):
            verdict = _untold(each, job.test_files, job.seconds) or verdict
        if isinstance(verdict, Passed):
            verdict = _broken(before, earlier) or verdict
    return Checked(verdict, signature_of(run, step), blanks)


def jobs_of(root: Path, course: Course, step: Step, seconds: float) -> tuple[Job, ...]:
    """The jobs of a check: the step's own tests, and those of the part's earlier steps.

    Many earlier steps are two jobs, for the two processors that most machines have at least.
    """
    package = f"exercises/{course.part_of(step).package}"
    files = tuple(before.test_file for before in course.earlier_in_part(step))
    halves = (files[::2], files[1::2]) if len(files) >= _MANY else (files,)
    return tuple(
        Job(root=str(root), package=package, test_files=group, seconds=seconds * len(group))
        for group in ((step.test_file,), *halves)
        if group
    )


def signature_of(run: TestRun, step: Step) -> Signature:
    """How a run of the step's tests failed; a test without end counts as `TimedOut`."""
    failed = {(t.name, t.error.type) for t in outcome_of(run, step.test_file) if t.error}
    if run.ended != "finished" and run.running:
        failed.add((run.running, "TimedOut" if run.ended == "timed out" else "Crashed"))
    return frozenset(failed)


def sentence(test: str) -> str:
    """A test's name as a sentence: `test_an_id_stays[x]` is "an id stays (x)"."""
    name, _, case = test.rpartition("::")[2].partition("[")
    words = name.removeprefix("test_").replace("_", " ")
    return f"{words} ({case.removesuffix(']')})" if case else words


def _untold(run: TestRun, files: Sequence[str], seconds: float) -> Verdict | None:
    """Why a run tells nothing about the student's answer, if it does not."""
    running = sentence(run.running) if run.running else None
    if run.broken_tests is not None:
        return _unreadable_tests(run.broken_tests)
    if run.ended == "timed out":
        return TimedOut(seconds=seconds, sentence=running, location=run.looping_at)
    if run.ended == "died":
        return _died(run, running)
    if run.replaced:
        return _replaced(run.replaced)
    for test in run.tests:
        if test.error and test.error.type == "FixtureLookupError":
            return _unreadable_tests(f"{test.name} misses its fixture")
    empty = [file for file in files if not run.collected.get(file)]
    return _without_tests(empty[0]) if empty else None


def _judge(
    own: Sequence[TestReport], step: Step, earlier: Sequence[Step], assignment: Assignment
) -> Verdict:
    """Judge the step's tests, all of which came to their end."""
    failures = [(test, test.error) for test in own if test.error]
    for test, error in failures:
        if error.importing:
            return ImportProblem(message=_said(error), location=error.own_line)
        for before in earlier:
            if _blank_of(test, before.number):
                return EarlierStepBroke(earlier=before.ref, failure=_failure(test, error))
    known = [pair for pair in failures if not _blank_of(pair[0], step.number)]
    if known:
        waiting = len(failures) - len(known)
        return Failed(failure=_failure(*known[0]), others=len(known) - 1, waiting=waiting)
    if failures and len(failures) == len(own) and not assignment.begun:
        return NotStarted(blanks=assignment.asked)
    if failures:
        return _half_way(own, step, assignment)
    return Passed(tests=len(own))


def _half_way(own: Sequence[TestReport], step: Step, assignment: Assignment) -> SoFarRight:
    """Nothing is wrong: every test that does not pass met a blank of the step."""
    met = [name for test in own if (name := _blank_of(test, step.number))]
    left = [name for _, name in assignment.left]
    return SoFarRight(
        passed=sum(test.error is None for test in own),
        tests=len(own),
        blanks=tuple(dict.fromkeys((*left, *met))),
        file=assignment.left[0][0] if assignment.left else None,
    )


def _broken(runs: Sequence[TestRun], earlier: Sequence[Step]) -> EarlierStepBroke | None:
    """The first step whose tests do not pass any more."""
    for before in earlier:
        for test in (test for run in runs for test in outcome_of(run, before.test_file)):
            if test.error:
                return EarlierStepBroke(earlier=before.ref, failure=_failure(test, test.error))
    return None


def _blank_of(test: TestReport, step: int) -> str | None:
    """The definition of this step that a test found blank."""
    if test.error is None or test.error.type != "NotImplementedError":
        return None
    return blank_in(test.error.message, step)


def _failure(test: TestReport, error: Error) -> TestFailure:
    return TestFailure(
        sentence=sentence(test.name),
        test=f"{test.file}::{test.name}",
        error=error.type,
        message=error.message,
        expected=error.expected,
        got=error.got,
        location=error.own_line,
        test_location=error.test_line,
        printed=test.printed,
    )


def _said(error: Error) -> str:
    return f"{error.type}: {error.message}" if error.message else error.type


def _syntax_problem(root: Path, package: str) -> SyntaxProblem | None:
    """Let Python compile each file of the package, without running it."""
    for name, path in python_files(root / package).items():
        file = f"{package}/{name}"
        data = path.read_bytes()
        try:
            decode(data)
            if b"\0" in data:
                line = data[: data.index(b"\0")].count(b"\n") + 1
                message = "the file contains a null byte; delete the line and type it again"
                return _syntax(file, line, data, message)
            check_syntax(data)
        except SyntaxError as error:
            return _syntax(file, error.lineno or 1, data, error.msg)
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            message = f"the file is not {error.encoding}; save it as UTF-8 in your editor"
            return _syntax(file, line, data, message)
        except (ValueError, RecursionError, MemoryError) as error:
            return _syntax(file, 1, data, f"Python cannot parse this file ({error})")
    return None


def _syntax(file: str, line: int, data: bytes, message: str) -> SyntaxProblem:
    lines = split_lines(data.decode("utf-8", errors="replace"))
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return SyntaxProblem(location=Location(file=file, line=line, text=text), message=message)


def _died(run: TestRun, running: str | None) -> Crashed:
    code = run.exit_code
    ended = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
    return Crashed(
        explanation=f"The Python process that ran your code {ended} before the tests were done",
        remedy="Look for os._exit, exit() or a signal in your code, and for recursion without end",
        sentence=running,
    )


def _replaced(names: Sequence[str]) -> Crashed:
    return Crashed(
        explanation=f"Your code replaces {names[0]}, so the tests can no longer be believed",
        remedy=f"Remove the line that assigns to {names[0]}",
        sentence=None,
    )


def _without_tests(file: str) -> Crashed:
    return Crashed(
        explanation=f"There are no tests in {file}, so nothing can be checked",
        remedy=f"Restore the file with `git checkout {file}`",
        sentence=None,
    )


def _unreadable_tests(message: str) -> Crashed:
    last = message.strip().splitlines()[-1].removeprefix("E ").strip()
    files = 'exercises/__init__.py exercises/pytest.ini exercises/conftest.py "exercises/test_*.py"'
    return Crashed(
        explanation=f"The tests themselves cannot be read: {last}",
        remedy=f"Restore them with `git checkout -- {files}`",
        sentence=None,
    )
