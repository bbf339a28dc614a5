"""The port through which tests are run, and what comes back from it.

One implementation stands behind it, a worker process. An edition without processes, such as
Python in a browser, brings another.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

import msgspec

from workshop.course.location import Location

__all__ = ["Error", "Job", "Runner", "TestReport", "TestRun", "outcome_of"]


class Error(msgspec.Struct, frozen=True, kw_only=True):
    """Why a test failed.

    Attributes:
        type: The name of the exception's class.
        message: What it says, shortened.
        expected: What an assertion expected, where it can be told apart.
        got: What it got.
        importing: Whether the student's package could not be imported.
        own_line: The last of the student's lines that the error passed through.
        test_line: The line of the test.
    """

    type: str
    message: str
    expected: str | None = None
    got: str | None = None
    importing: bool = False
    own_line: Location | None = None
    test_line: Location | None = None


class TestReport(msgspec.Struct, frozen=True, kw_only=True):
    """One test that ran; it passed if it has no error."""

    __test__ = False  # pytest: not a test class

    file: str
    name: str
    error: Error | None = None
    printed: str = ""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What to run.

    Attributes:
        root: The workspace.
        package: The student's package, relative to the workspace: `exercises/domain_model`.
        test_files: Relative to the workspace, in the order in which they run.
        seconds: The limit for all of it.
    """

    root: str
    package: str
    test_files: tuple[str, ...]
    seconds: float

    @property
    def folder(self) -> Path:
        """The workspace."""
        return Path(self.root)


class TestRun(msgspec.Struct, frozen=True, kw_only=True):
    """What a run brought to light.

    Attributes:
        ended: `finished`, `timed out`, or `died` (the process ended before its tests did).
        collected: How many tests each file has.
        tests: The tests that ran to their end.
        running: The test that was under way when the run timed out or died.
        looping_at: The student's line that was running when the time was up.
        broken_tests: Why the test files themselves could not be read.
        replaced: What the student's code replaced in Python or in pytest.
        exit_code: How the process ended; negative for a signal, where there are signals.
    """

    __test__ = False

    ended: Literal["finished", "timed out", "died"]
    collected: dict[str, int] = {}
    tests: tuple[TestReport, ...] = ()
    running: str | None = None
    looping_at: Location | None = None
    broken_tests: str | None = None
    replaced: tuple[str, ...] = ()
    exit_code: int = 0

    @property
    def passed(self) -> bool:
        """Whether all tests came to their end, and can be believed, and none failed."""
        told = self.ended == "finished" and self.broken_tests is None and not self.replaced
        return told and all(test.error is None for test in self.tests)


class Runner(Protocol):
    """Runs tests where nothing that they do can harm us."""

    def run(self, jobs: Sequence[Job]) -> tuple[TestRun, ...]:
        """Run the first job's tests and, if they all pass, those of the others.

        It comes back within their limits, whatever the code does.

        Returns:
            The first job's run and, if that passed, those of the others.
        """
        ...


def outcome_of(run: TestRun, file: str) -> tuple[TestReport, ...]:
    """The reports of one test file."""
    return tuple(test for test in run.tests if test.file == file)
