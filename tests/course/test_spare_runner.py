"""A worker that waits for the next check: quick, and as hard to fool as one that starts for it."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from textwrap import indent

import pytest

from workshop.course.results import Crashed, Failed, Passed, TimedOut, Verdict
from workshop.course.session import Session
from workshop.course.spare_runner import RunCancelled, SpareRunner

LAMP = "exercises/lamps/lamp.py"
SOLVED = "solutions/lamps/lamp.py"


@pytest.fixture
def runner() -> Iterator[SpareRunner]:
    with SpareRunner() as runner:
        yield runner


def save(root: Path, switch_on: str = "self._level = 100", *, above: str = "") -> None:
    """Save an answer to step 1 with this body of `switch_on`; the process notes its id."""
    noted = (
        f"import os, pathlib\npathlib.Path({str(root / 'pid')!r}).write_text(str(os.getpid()))\n"
    )
    text = (root / SOLVED).read_text(encoding="utf-8")
    body = indent(switch_on, " " * 8) + "\n"
    text = above + noted + text.replace("        self._level = 100\n", body)
    (root / LAMP).write_text(text, encoding="utf-8")


def verdict(root: Path, runner: SpareRunner, seconds: float = 30.0) -> Verdict:
    with closing(Session(root, runner=runner, seconds=seconds)) as session:
        found = session.check(1).verdict
    runner.refill()
    return found


def prepare(root: Path, runner: SpareRunner) -> None:
    with closing(Session(root, seconds=30.0)) as session:
        session.prepare(runner.prepare, 1)


def is_told(pid: Path) -> bool:
    """Whether the number is written, and not only the file there."""
    return pid.exists() and pid.stat().st_size > 0


def is_gone(root: Path) -> bool:
    """Whether the process that ran the last answer has ended."""
    pid = int((root / "pid").read_text())
    if sys.platform == "win32":
        listed = subprocess.run(
            ["tasklist", "/FI", f"PID eq {pid}"], capture_output=True, text=True
        )
        return str(pid) not in listed.stdout
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_spare_worker_runs_what_was_saved_after_it_got_ready(
    tiny: Path, runner: SpareRunner
) -> None:
    save(tiny, "pass")
    prepare(tiny, runner)
    save(tiny)
    assert isinstance(verdict(tiny, runner), Passed)
    save(tiny, "pass")
    assert isinstance(verdict(tiny, runner), Failed)


def test_no_worker_runs_a_students_code_twice(tiny: Path, runner: SpareRunner) -> None:
    save(tiny)
    seen = set()
    for _ in range(4):
        assert isinstance(verdict(tiny, runner), Passed)
        assert is_gone(tiny)
        seen.add((tiny / "pid").read_text())
    assert len(seen) == 4


def test_tests_that_changed_since_the_spare_worker_read_them_are_read_again(
    tiny: Path, runner: SpareRunner
) -> None:
    save(tiny)
    prepare(tiny, runner)
    test = tiny / "exercises" / "test_01_switching.py"
    more = "\n\ndef test_a_lamp_sings(lamps):\n    assert lamps.Lamp().sings\n"
    test.write_text(test.read_text(encoding="utf-8") + more, encoding="utf-8")
    failed = verdict(tiny, runner)
    assert isinstance(failed, Failed)
    assert failed.failure.sentence == "a lamp sings"


def test_a_spare_worker_whose_tests_ran_the_students_code_is_not_believed(
    tiny: Path, runner: SpareRunner
) -> None:
    test = tiny / "exercises" / "test_01_switching.py"
    text = test.read_text(encoding="utf-8")
    test.write_text(f"import exercises.lamps\n{text}", encoding="utf-8")
    save(tiny, "pass")
    prepare(tiny, runner)
    save(tiny)
    assert isinstance(verdict(tiny, runner), Passed)


HOSTILE = {
    "it loops": ("while True: pass", TimedOut),
    "it sleeps": ("import time\ntime.sleep(999)", TimedOut),
    "it exits": ("exit()", Failed),
    "it ends its process": ("import os\nos._exit(0)", Crashed),
    "it kills its process": ("import os, signal\nos.kill(os.getpid(), signal.SIGTERM)", Crashed),
    "it prints megabytes": ("print('x' * 50_000_000)", Failed),
    "it closes everything": ("import os\nfor n in range(9): os.close(n)", Crashed),
    "it recurses": ("self.switch_on()", Failed),
    "it replaces the judge": ("import pytest\npytest.main = None", Crashed),
    "it starts threads": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=[999]).start()",
        Failed,
    ),
}


@pytest.mark.parametrize(("body", "kind"), HOSTILE.values(), ids=HOSTILE)
def test_after_hostile_code_its_worker_is_gone_and_the_next_check_is_a_normal_one(
    tiny: Path, runner: SpareRunner, body: str, kind: type[Verdict]
) -> None:
    prepare(tiny, runner)
    save(tiny, body)
    assert isinstance(verdict(tiny, runner, seconds=1.0 if kind is TimedOut else 30.0), kind)
    assert is_gone(tiny)
    save(tiny)
    assert isinstance(verdict(tiny, runner), Passed)


def test_a_run_that_is_cancelled_ends_at_once_and_has_no_verdict(
    tiny: Path, runner: SpareRunner
) -> None:
    save(tiny, "while True: pass")
    (tiny / "pid").unlink(missing_ok=True)
    cancelled = threading.Event()

    def run() -> None:
        with pytest.raises(RunCancelled):
            verdict(tiny, runner, seconds=300.0)
        cancelled.set()

    thread = threading.Thread(target=run)
    thread.start()
    give_up = time.monotonic() + 60
    while not is_told(tiny / "pid") and time.monotonic() < give_up:
        time.sleep(0.01)
    runner.cancel()
    thread.join(60)
    assert cancelled.is_set()
    assert is_gone(tiny)
    save(tiny)
    assert isinstance(verdict(tiny, runner), Passed)


def test_a_cancelled_check_is_no_part_of_the_day(tiny: Path) -> None:
    class Cancelled(SpareRunner):
        def run(self, jobs: object) -> object:  # type: ignore[override]
            raise RunCancelled

    with Cancelled() as runner:
        with pytest.raises(RunCancelled):
            verdict(tiny, runner)
        with closing(Session(tiny)) as session:
            assert session.log().entries == ()


def test_after_it_was_closed_nothing_is_kept_and_a_check_still_works(tiny: Path) -> None:
    save(tiny)
    runner = SpareRunner()
    prepare(tiny, runner)
    runner.close()
    assert isinstance(verdict(tiny, runner), Passed)
    runner.close()
