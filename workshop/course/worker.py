"""The process in which a student's code runs: `python -m workshop.course.worker FOLDER`.

It imports what it needs, reads one job and its test files, says that they are collected, and waits.
When the parent says go, it runs the tests with pytest and ends. So a worker can be ready before
the student saves; it is never used twice. Messages go through a private copy of standard output;
what the student's code prints goes to standard error. In the folder the tests make their files.
"""

import faulthandler
import importlib
import os
import shutil
import sys
import types
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from _pytest._io.saferepr import saferepr
from _pytest.assertion import util as assertions

from workshop.course import wire
from workshop.course.explain import Comparison, encodable, explain, shorten
from workshop.course.fresh import FreshFinder
from workshop.course.runner import Error, Job, TestReport

_exit = os._exit
"""Threads that the student left running do not hold us, nor does another `os._exit`."""


class Reporter:
    """A pytest plugin that tells the parent what happens, as it happens."""

    def __init__(self, job: Job, channel: int) -> None:
        self._job = job
        self._root = job.folder.resolve()
        self._channel = channel
        self._aside = os.dup(2)  # the student may close 2, and open a file that gets its number
        self._originals: dict[str, tuple[object, object]] = {}
        self._compared: Comparison | None = None
        self._error: Error | None = None
        self._ran = b""

    def tell(self, message: wire.Message) -> None:
        """Send a message at once, after the last test's: the next line may end this process."""
        ran, self._ran = self._ran, b""
        os.write(self._channel, ran + wire.encode(message))

    def pytest_configure(self, config: pytest.Config) -> None:
        """Let a KeyboardInterrupt fail its test, as it does under a debugger, and not end all."""
        config.option.usepdb = True

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A test file cannot be read."""
        if report.failed:
            self.tell(wire.BrokenTests(shorten(str(report.longrepr), 2000)))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """All tests are known, and none of the student's code has run yet."""
        counts = Counter(self._file(item) for item in session.items)
        own = self._job.package.replace("/", ".")
        stale = any(name == own or name.startswith(f"{own}.") for name in sys.modules)
        self._originals = _replaceable()
        self.tell(wire.Collected(dict(counts), stale))
        self._wait_for_go()

    def _wait_for_go(self) -> None:
        """Wait until the parent wants the answer; from then on the time counts."""
        line = sys.stdin.buffer.readline()
        if not line:
            os._exit(0)  # the parent has no use for it any more
        go = msgspec.json.decode(line, type=wire.Go)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        faulthandler.dump_traceback_later(go.seconds, exit=True, file=self._channel)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A test begins."""
        name = nodeid.partition("::")[2]
        self.tell(wire.Running(name))
        self._compared = self._error = None
        assertions._reprcompare = self._keep_compared
        _flush()
        os.write(self._aside, wire.START_OF_TEST + nodeid.encode() + b"\n")

    def _keep_compared(self, operator: str, left: object, right: object) -> None:
        """Keep what the failing assertion compared.

        This stands in for pytest's own comparison, whose differences nobody would see, and which
        takes minutes for a text of some megabytes.
        """
        self._compared = (
            operator,
            encodable(saferepr(left, 300)),
            encodable(saferepr(right, 300)),
        )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[Any]
    ) -> pytest.TestReport | None:
        """Explain the first error of a test, a skip included, in place of pytest's long text."""
        if call.excinfo is None:
            return None
        if self._error is None:
            error = call.excinfo.value
            self._error = explain(error, self._root, self._job.package, self._compared)
        return pytest.TestReport(item.nodeid, item.location, {}, "failed", None, "call")

    def pytest_runtest_logfinish(self, nodeid: str, location: tuple[str, int | None, str]) -> None:
        """A test came to its end; what comes next is told with it."""
        file, _, name = nodeid.partition("::")
        _flush()
        report = TestReport(file=f"exercises/{Path(file).name}", name=name, error=self._error)
        self._ran = wire.encode(wire.Ran(report))

    def pytest_sessionfinish(self) -> None:
        """All tests came to their end: is Python still what it was? Nothing is tidied up."""
        now = _replaceable()
        replaced = [name for name, value in self._originals.items() if now.get(name) != value]
        self.tell(wire.Done(tuple(replaced)))
        _exit(0)

    def _file(self, item: pytest.Item) -> str:
        return item.path.resolve().relative_to(self._root).as_posix()


def _replaceable() -> dict[str, tuple[object, object]]:
    """The functions and classes that a verdict rests on, by name, each with its code."""
    judges = ("builtins", "pytest", "_pytest", "pluggy", "exercises")
    found: dict[str, object] = {}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in judges:
            for attribute, value in list(vars(module).items()):
                if isinstance(value, type) and value.__module__ == name:
                    members = list(vars(value).items())
                    found |= {
                        f"{name}.{attribute}.{member}": method
                        for member, method in members
                        if isinstance(method, types.FunctionType)
                    }
                if isinstance(value, type | types.FunctionType | types.BuiltinFunctionType):
                    found[f"{name}.{attribute}"] = value
    return {name: (value, getattr(value, "__code__", None)) for name, value in found.items()}


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):  # the student may have closed or replaced it
            stream.flush()


def main() -> None:
    """Run one job."""
    channel = os.dup(1)
    os.dup2(2, 1)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    for module in ("_pytest.doctest", "_pytest.raises", "difflib", "pprint"):
        importlib.import_module(module)
    line = sys.stdin.buffer.readline()
    if not line:
        return
    job = msgspec.json.decode(line, type=Job)
    os.chdir(job.root)
    sys.path.insert(0, job.root)
    sys.meta_path.insert(0, FreshFinder(job.package.replace("/", ".")))
    off = (
        "terminal",
        "cacheprovider",
        "debugging",
        "doctest",
        "faulthandler",
        "junitxml",
        "logging",  # what student code logs is printed, and seen
        "pastebin",
    )
    options = [option for name in off for option in ("-p", f"no:{name}")]
    configuration = str(Path(job.root, "exercises", "pytest.ini"))
    options += ["-s", "-c", configuration, "--rootdir", job.root, "-W", "ignore"]
    files = [str(Path(job.root, file)) for file in job.test_files]
    own = sys.argv[1]
    try:
        pytest.main([*options, "--basetemp", own, *files], plugins=[Reporter(job, channel)])
    finally:  # nobody was told that all is done: the parent, who removes the folder, may be gone
        shutil.rmtree(own, ignore_errors=True)
    _exit(0)


if __name__ == "__main__":
    main()
