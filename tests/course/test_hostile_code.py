"""Whatever a student's code does, a check answers: in time, with the right verdict, never wrongly.

Nothing here passes, since no lamp is switched on: each answer to step 1 does something else. All
of it runs in a worker that was waiting for it, as in `workshop watch`; a cold one does the same,
only later.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from textwrap import indent
from typing import TypeAlias

import psutil  # type: ignore[import-untyped]  # publishes no types; ipykernel brings it
import pytest

from workshop.course import worker_process
from workshop.course.results import (
    CheckResult,
    Crashed,
    Failed,
    ImportProblem,
    Location,
    Passed,
    TimedOut,
)
from workshop.course.session import Session
from workshop.course.spare_runner import SpareRunner

Check: TypeAlias = Callable[..., CheckResult]

LAMP = "exercises/lamps/lamp.py"
SHINES = "a lamp that is switched on shines"

LIMIT = 1.0
"""Seconds for code that never ends."""

SLACK = 60.0
"""Seconds beyond the limit that a machine which is busy with other things may need."""


@pytest.fixture
def check() -> Iterator[Check]:
    """Checks a step with a worker that has read the tests and waits."""
    with SpareRunner() as runner:

        def check_step(root: Path, number: int = 1, *, seconds: float = 30.0) -> CheckResult:
            with closing(Session(root, seconds=seconds, runner=runner)) as session:
                session.prepare(runner.prepare, number)
                return session.check(number)

        yield check_step


def answer(root: Path, switch_on: str = "pass", *, above: str = "") -> None:
    """Write a right answer, but for the body of `switch_on` and for what comes above all."""
    text = (root / "solutions" / "lamps" / "lamp.py").read_text(encoding="utf-8")
    body = indent(switch_on, " " * 8) + "\n"
    (root / LAMP).write_text(
        above + text.replace("        self._level = 100\n", body), encoding="utf-8"
    )


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in (root / "exercises").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def checked(root: Path, check: Check, seconds: float = 30.0) -> CheckResult:
    """Check, and insist on what holds for every verdict."""
    before, began = files(root), time.monotonic()
    result = check(root, 1, seconds=seconds)
    assert time.monotonic() - began < seconds + SLACK
    assert files(root) == before
    assert not isinstance(result.verdict, Passed)
    assert "`workshop check 1`" in result.next_action
    assert "Traceback" not in repr(result)
    return result


# Code that fails

FAILING = {
    "sys.exit(0)": ("import sys\nsys.exit(0)", "SystemExit"),
    "exit()": ("exit()", "SystemExit"),
    "recursion without end": ("self.switch_on()", "RecursionError"),
    "recursion in repr": (
        "class R:\n    def __repr__(self): return repr(self)\nraise ValueError(R())",
        "ValueError",
    ),
    "an exception outside Exception": (
        "class Odd(BaseException): pass\nraise Odd('odd')",
        "Odd",
    ),
    "an interrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "the end of a generator": ("raise GeneratorExit", "GeneratorExit"),
    "a group of exceptions": ("raise ExceptionGroup('two', [ValueError('one')])", "ExceptionGroup"),
    "a skip": ("import pytest\npytest.skip('not today')", "Skipped"),
    "an expected failure": ("import pytest\npytest.xfail('not today')", "XFailed"),
    "a failure of pytest's": ("import pytest\npytest.fail('today')", "Failed"),
    "a question": ("input('how bright? ')", "EOFError"),
    "a debugger": ("breakpoint()", "BdbQuit"),
    "a message that raises": (
        "class E(Exception):\n    def __str__(self): raise KeyError\nraise E('x')",
        "E",
    ),
    "a message that exits": (
        "class E(Exception):\n    def __str__(self): raise SystemExit\n"
        "    __repr__ = __str__\nraise E('x')",
        "E",
    ),
    "a message that is no text": (
        "class E(Exception):\n    def __str__(self): return 3\nraise E('x')",
        "E",
    ),
    "a message of a text of its own": (
        "class T(str):\n    def encode(self, *_): raise KeyError\n"
        "    def __len__(self): raise KeyError\n"
        "class E(Exception):\n    def __str__(self): return T('x')\nraise E",
        "E",
    ),
    "half a surrogate pair": ("raise ValueError('a\\udc80b \\x1b[31mred\\x1b[0m')", "ValueError"),
    "a message of 10 MB": ("raise ValueError('x' * 10_000_000)", "ValueError"),
    "a broken trace function": (
        "import sys\ndef trace(*_): raise ValueError('traced')\nsys.settrace(trace)",
        "ValueError",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "error"), FAILING.values(), ids=FAILING)
def test_what_the_code_raises_is_a_failure_with_its_line(
    tiny: Path, check: Check, body: str, error: str
) -> None:
    answer(tiny, body)

    verdict = checked(tiny, check).verdict

    assert isinstance(verdict, Failed)
    failure = verdict.failure
    assert (failure.sentence, failure.error) == (SHINES, error)
    assert len(failure.message) < 1000
    failure.message.encode()
    assert failure.test_location is not None
    if error != "BdbQuit":  # raised by the debugger, which has left the student's line by then
        assert failure.location is not None
        assert failure.location.file == LAMP


# Code that does harm around itself, and fails the test all the same

HARMFUL = {
    "a folder that is gone": (
        "import os, tempfile\nos.chdir(tempfile.mkdtemp())\n"
        "if os.name != 'nt': os.rmdir(os.getcwd())"
    ),
    "standard output closed": "import sys\nsys.stdout.close()\nsys.stderr.close()",
    "standard output replaced": "import sys\nsys.stdout = sys.stderr = None",
    "standard output broken": (
        "import sys\nclass Out:\n    def write(self, _): raise OSError\n"
        "    def flush(self): raise OSError\nsys.stdout = sys.stderr = Out()"
    ),
    "descriptor 1 closed": "import os\nos.close(1)",
    "descriptor 2 closed and taken": (
        "import os, tempfile\nos.close(2)\n"
        "taken = tempfile.TemporaryFile()\nself.kept = taken, os.dup(taken.fileno())"
    ),
    "threads that raise, rest for ever, and never rest": (
        "import threading, time\n"
        "def fail(): raise ValueError\n"
        "def spin():\n    while True: pass\n"
        "for work in (fail, threading.Event().wait, spin): threading.Thread(target=work).start()"
    ),
    "hooks at exit, of the garbage collector, and of a finalizer": (
        "import atexit, gc, time\natexit.register(time.sleep, 1000)\n"
        "class D:\n    def __del__(self): raise ValueError\nD()\nself.kept = D()\n"
        "gc.callbacks.append(lambda *_: 1 / 0)\ngc.collect()"
    ),
    "no garbage collection, no faulthandler, no switching between threads": (
        "import faulthandler, gc, sys\nfaulthandler.disable()\n"
        "faulthandler.cancel_dump_traceback_later()\ngc.disable()\nsys.setswitchinterval(1000)"
    ),
    "control characters on the screen": "print('a\\udc80b \\x1b[31mred \\x1b[2J \\x00')",
    "signals ignored": (
        "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)"
    ),
}  # fmt: skip


@pytest.mark.parametrize("body", HARMFUL.values(), ids=HARMFUL)
def test_harm_around_the_tests_does_not_reach_the_verdict(
    tiny: Path, check: Check, body: str
) -> None:
    answer(tiny, body)

    verdict = checked(tiny, check).verdict

    assert isinstance(verdict, Failed)
    assert verdict.failure.sentence == SHINES
    assert verdict.failure.message == "it was switched on"


@pytest.mark.parametrize(
    "code",
    ["import os\nos.unlink(__file__)", "open(__file__, 'w').write('x = (')"],
    ids=["deletes", "ruins"],
)
def test_code_that_harms_its_own_file_is_judged_by_what_was_saved(
    tiny: Path, check: Check, code: str
) -> None:
    answer(tiny, code)

    verdict = check(tiny, 1).verdict

    assert isinstance(verdict, Failed)
    assert verdict.failure.sentence == SHINES


@pytest.mark.parametrize(
    "printing",
    [
        "print('x' * 200_000_000)",
        "for _ in range(200): print('x' * 999_999)",
        "import os\nfor _ in range(200): os.write(2, b'x' * 1_000_000)",
    ],
    ids=["at once", "in pieces", "past Python"],
)
def test_of_200_megabytes_printed_the_last_lines_are_kept(
    tiny: Path, check: Check, printing: str
) -> None:
    once = f"if not hasattr(Lamp, 'said'):\n    Lamp.said = True\n{indent(printing, '    ')}\n"
    answer(tiny, once + "    print('the end', flush=True)")

    verdict = checked(tiny, check).verdict

    assert isinstance(verdict, Failed)
    assert verdict.failure.message == "it was switched on"
    assert verdict.failure.printed.endswith("the end")
    assert len(verdict.failure.printed) < 100_000


def test_an_answer_of_10_megabytes_is_shown_shortened(tiny: Path, check: Check) -> None:
    text = (tiny / "solutions" / "lamps" / "lamp.py").read_text(encoding="utf-8")
    (tiny / LAMP).write_text(
        text.replace("return self._level > 0", "return 'y\\n' * 5_000_000 * self._level"),
        encoding="utf-8",
    )

    verdict = checked(tiny, check).verdict

    assert isinstance(verdict, Failed)
    assert verdict.failure.expected == "True"
    assert verdict.failure.got is not None
    assert 10 < len(verdict.failure.got) < 1000


@pytest.mark.parametrize(
    ("shown", "got"),
    [
        ("raise KeyError('no')", "raised in repr"),
        ("return '\\udc80'", "\\udc80"),
        ("return 3", "raised in repr"),
    ],
)
def test_a_value_that_cannot_show_itself_is_shown_all_the_same(
    tiny: Path, check: Check, shown: str, got: str
) -> None:
    answer(
        tiny,
        "self._level = Odd()",
        above="class Odd:\n    def __gt__(self, _): return self\n"
        f"    def __repr__(self): {shown}\n",
    )

    verdict = checked(tiny, check).verdict

    assert isinstance(verdict, Failed)
    assert verdict.failure.got is not None
    assert got in verdict.failure.got


# Code that cannot be imported

IMPORTING = {
    "a module that is not there": ("import requets\n", "ModuleNotFoundError: No module named"),
    "a name that is not there": ("lamp_count += 1\n", "NameError: name 'lamp_count'"),
    "sys.exit(0)": ("import sys; sys.exit(0)\n", "SystemExit: 0"),
    "exit()": ("exit()\n", "SystemExit"),
    "a skip": ("import pytest; pytest.skip('no', allow_module_level=True)\n", "Skipped: no"),
    "an interrupt": ("raise KeyboardInterrupt\n", "KeyboardInterrupt"),
    "a circle": ("from exercises.lamps import Lamp\n", "ImportError: cannot import name 'Lamp'"),
}


@pytest.mark.parametrize(("above", "message"), IMPORTING.values(), ids=IMPORTING)
def test_what_keeps_the_package_from_being_imported_is_told_with_its_line(
    tiny: Path, check: Check, above: str, message: str
) -> None:
    answer(tiny, above=above)

    result = checked(tiny, check)

    assert isinstance(result.verdict, ImportProblem)
    assert result.verdict.message.startswith(message)
    assert result.verdict.location == Location(file=LAMP, line=1, text=above.strip())
    assert f"line 1 of `{LAMP}`" in result.next_action


# Code that does not come back

ENDLESS = {
    "a loop": ("while True:\n    pass", ""),
    "a loop that catches all": (
        "while True:\n    try:\n        raise ValueError\n    except:\n        pass",
        "",
    ),
    "a deadlock": (
        "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
        "lock.acquire()",
    ),
    "a wait for a thread": (
        "import threading\nthreading.Event().wait()",
        "threading.Event().wait()",
    ),
    "arithmetic that holds the interpreter": (
        "n = 9\nn = n ** n ** (n - 1)\nn ** n",
        "n = n ** n ** (n - 1)",
    ),
    "a regular expression": (
        "import re\nre.match('(a+)+$', 'a' * 60 + 'b')",
        "re.match('(a+)+$', 'a' * 60 + 'b')",
    ),
    "a message without end": (
        "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E",
        "while True: pass",
    ),
    "output without end": ("while True: print('x' * 9999)", "while True: print('x' * 9999)"),
    "recursion beyond the limit": (
        "import sys\nsys.setrecursionlimit(10 ** 8)\ndef dive(): dive()\ndive()",
        "def dive(): dive()",
    ),
}


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a worker at its limit is given time to say which line was running."""
    monkeypatch.setattr(worker_process, "_GRACE", 30.0)


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize(("body", "line"), ENDLESS.values(), ids=ENDLESS)
def test_code_without_end_is_stopped_and_its_line_named(
    tiny: Path, check: Check, body: str, line: str
) -> None:
    answer(tiny, body)

    verdict = checked(tiny, check, LIMIT).verdict

    assert isinstance(verdict, TimedOut)
    assert (verdict.seconds, verdict.sentence) == (LIMIT, SHINES)
    assert verdict.location is not None
    assert verdict.location.file == LAMP
    assert line in ("", verdict.location.text)


@pytest.mark.usefixtures("unhurried")
def test_an_import_without_end_is_stopped_and_its_line_named(tiny: Path, check: Check) -> None:
    answer(tiny, above="while True: pass\n")

    verdict = checked(tiny, check, LIMIT).verdict

    assert verdict == TimedOut(
        seconds=LIMIT,
        sentence="a lamp is dark at first",
        location=Location(file=LAMP, line=1, text="while True: pass"),
    )


@pytest.mark.parametrize(
    "silenced",
    [
        "import faulthandler\nfaulthandler.cancel_dump_traceback_later()\nwhile True: pass",
        pytest.param(
            "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
            marks=pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal"),
        ),
    ],
    ids=["without faulthandler", "stopped"],
)
def test_code_that_cannot_be_asked_for_its_line_is_stopped_too(
    tiny: Path, check: Check, silenced: str
) -> None:
    answer(tiny, silenced)

    verdict = checked(tiny, check, LIMIT).verdict

    assert verdict == TimedOut(seconds=LIMIT, sentence=SHINES, location=None)


# Code that ends the process

ENDING = {
    "os._exit(0)": ("import os\nos._exit(0)", "ended with exit code 0"),
    "the end of pytest": ("import pytest\npytest.exit('enough')", "ended with exit code"),
    "every descriptor closed": ("import os\nos.closerange(0, 100)", "ended with exit code"),
    "SIGKILL": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "killed by signal 9"),
    "recursion in C": (
        "import sys\nsys.setrecursionlimit(10 ** 8)\n"
        "class A:\n    def __getattr__(self, name): return getattr(self, name + 'x')\nA().b",
        "killed by signal",
    ),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes without signals")
@pytest.mark.parametrize(("body", "explanation"), ENDING.values(), ids=ENDING)
def test_a_process_that_ends_early_is_a_crash_with_a_remedy(
    tiny: Path, check: Check, body: str, explanation: str
) -> None:
    if explanation == "killed by signal" and sys.version_info >= (3, 12):
        pytest.skip("this Python counts its recursion in C, and raises")
    answer(tiny, body)

    result = checked(tiny, check)

    assert isinstance(result.verdict, Crashed)
    assert explanation in result.verdict.explanation
    assert result.verdict.sentence == SHINES
    assert result.next_action.startswith(result.verdict.remedy)


def test_an_import_that_ends_the_process_is_a_crash(tiny: Path, check: Check) -> None:
    answer(tiny, above="import os; os._exit(0)\n")

    verdict = checked(tiny, check).verdict

    assert isinstance(verdict, Crashed)
    assert verdict.sentence == "a lamp is dark at first"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no fork")
def test_a_fork_that_runs_the_tests_twice_is_not_believed(tiny: Path, check: Check) -> None:
    answer(tiny, "import os\nos.fork()")

    assert isinstance(checked(tiny, check).verdict, Crashed | Failed)


# Code that would change the judge

REPLACING = {
    "AssertionError": "import builtins; builtins.AssertionError = type('Calm', (Exception,), {})\n",
    "a built-in function": "import builtins; builtins.all = lambda _: True\n",
    "pytest.raises": (
        "import contextlib, pytest; pytest.raises = lambda *_: contextlib.nullcontext()\n"
    ),
    "how pytest runs a test": (
        "import _pytest.python; _pytest.python.Function.runtest = lambda self: None\n"
    ),
    "the code of a function of pytest's": (
        "import _pytest.runner as runner\n"
        "runner.pytest_runtest_call.__code__ = (lambda item: None).__code__\n"
    ),
    "a test": (
        "import sys\nfor name, module in list(sys.modules.items()):\n"
        "    for test in [n for n in vars(module) if n.startswith('test_a_lamp')]:\n"
        "        vars(module)[test].__code__ = (lambda lamps: None).__code__\n"
    ),
    "the module pytest": (
        "import sys, types\nimport pytest\nsys.modules['pytest'] = types.ModuleType('pytest')\n"
    ),
}


@pytest.mark.parametrize("above", REPLACING.values(), ids=REPLACING)
def test_who_replaces_the_judge_does_not_pass(tiny: Path, check: Check, above: str) -> None:
    answer(tiny, above=above)

    result = checked(tiny, check)

    assert isinstance(result.verdict, Crashed)
    assert "can no longer be believed" in result.verdict.explanation
    assert result.next_action.startswith("Remove the line that assigns to ")


# Tests that were changed

RESTORE = "`git checkout"
CHANGED = {
    "an empty test file": ("test_01_switching.py", "", "no tests in"),
    "a test file with a syntax error": ("test_01_switching.py", "def test_(:\n", "invalid syntax"),
    "a test file that cannot be imported": ("test_01_switching.py", "import nope\n", "'nope'"),
    "an empty conftest": ("conftest.py", "", "misses its fixture"),
    "a conftest with a syntax error": ("conftest.py", "def (:\n", "invalid syntax"),
    "a conftest that raises": ("conftest.py", "1 / 0\n", "division by zero"),
    "a conftest that exits": ("conftest.py", "import sys\nsys.exit(0)\n", "pytest did not start"),
    "a broken configuration": ("pytest.ini", "[pytest\n", "pytest.ini:1"),
    "a broken package": ("__init__.py", "1 / 0\n", "division by zero"),
}


@pytest.mark.parametrize(("file", "text", "reason"), CHANGED.values(), ids=CHANGED)
def test_tests_that_were_changed_are_not_the_students_mistake(
    tiny: Path, check: Check, file: str, text: str, reason: str
) -> None:
    answer(tiny, "self._level = 100")
    (tiny / "exercises" / file).write_text(text, encoding="utf-8")

    result = checked(tiny, check)

    assert isinstance(result.verdict, Crashed)
    assert reason in result.verdict.explanation
    assert RESTORE in result.verdict.remedy


# What is left behind

PULSE = (
    "import pathlib, time\n"
    "while True:\n"
    "    with pathlib.Path('pulse').open('a') as file:\n"
    "        file.write('x')\n"
    "    time.sleep(0.02)\n"
)


def is_beating(root: Path) -> bool:
    pulse = root / "pulse"
    before = pulse.stat().st_size
    time.sleep(0.3)
    return pulse.stat().st_size > before


@pytest.mark.parametrize(
    ("afterwards", "seconds", "expected"),
    [
        pytest.param(
            "",
            30.0,
            Failed,
            marks=pytest.mark.skipif(
                os.name == "nt", reason="Windows keeps the children of a process that ended"
            ),
        ),
        ("while True: pass", LIMIT + 1, TimedOut),
    ],
    ids=["when it fails", "when it hangs"],
)
def test_no_process_that_the_code_started_is_left_behind(
    tiny: Path, check: Check, afterwards: str, seconds: float, expected: type
) -> None:
    answer(
        tiny,
        "import os, subprocess, sys\n"
        f"subprocess.Popen([sys.executable, '-c', {PULSE!r}])\n"
        "while not os.path.exists('pulse'): pass\n" + afterwards,
    )

    verdict = checked(tiny, check, seconds).verdict

    assert isinstance(verdict, expected)
    assert not is_beating(tiny)


def test_a_process_that_detached_itself_does_not_hold_the_answer_back(
    tiny: Path, check: Check
) -> None:
    answer(
        tiny,
        "import subprocess, sys\n"
        "detached = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)'],"
        " start_new_session=True)\n"
        "open('detached', 'w').write(str(detached.pid))",
    )

    verdict = checked(tiny, check).verdict

    assert isinstance(verdict, Failed)
    detached = psutil.Process(int((tiny / "detached").read_text()))
    assert detached.is_running(), "the answer came first"
    detached.kill()


# Through the command line


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("import os\nos._exit(0)", "ended with exit code 0"),
        ("raise ValueError('a\\udc80b \\x1b[31mred')", "a\\udc80b red"),
    ],
)
def test_the_command_line_says_the_same_without_a_traceback(
    tiny: Path, body: str, said: str
) -> None:
    answer(tiny, body)

    run = subprocess.run(
        [sys.executable, "-m", "workshop", "check", "1", "--plain"],
        cwd=tiny,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert run.returncode == 1
    assert " ".join(said.split()) in " ".join(run.stdout.split())
    assert "Traceback" not in run.stdout + run.stderr
    assert run.stderr == ""
