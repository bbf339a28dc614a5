"""`workshop watch`: what is saved is noticed, keys live, and the screen says what came of it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from queue import Empty, Queue

import pytest
from rich.console import Console

from workshop.course.manifest import Course
from workshop.course.results import CheckResult, HintResult, StepRef
from workshop.course.runner import Job
from workshop.course.session import Session
from workshop.course.spare_runner import SpareRunner
from workshop.views import Problem, Shown
from workshop.views.screen import FullScreen, LinearScreen
from workshop.watch.checks import Checks
from workshop.watch.saves import Saves
from workshop.watch.words import as_watched

REPOSITORY = Path(__file__).parents[2]
WORK_ITEM = "exercises/domain_model/work_item.py"
SOLVED = (REPOSITORY / "solutions/domain_model/work_item.py").read_text(encoding="utf-8")

PATIENCE = 60.0

posix = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is POSIX's")


# What is saved is noticed


@pytest.fixture
def noticed(tmp_path: Path) -> Iterator["Queue[str]"]:
    (tmp_path / "board.py").write_text("1", encoding="utf-8")
    queue: Queue[str] = Queue()
    saves = Saves((tmp_path,), lambda path: queue.put(path.name))
    saves.start()
    yield queue
    saves.stop()


def in_place(path: Path) -> None:
    path.write_text("in place", encoding="utf-8")


def by_rename(path: Path) -> None:
    new = path.with_name(".board.py.swp")
    new.write_text("by rename", encoding="utf-8")
    new.replace(path)


def by_moving_the_old_one_away(path: Path) -> None:
    path.rename(path.with_name("board.py~"))
    path.write_text("anew", encoding="utf-8")


def of_the_same_size_and_time(path: Path) -> None:
    status = path.stat()
    new = path.with_name("board.new")
    new.write_text("2", encoding="utf-8")
    os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))
    new.replace(path)


@pytest.mark.parametrize(
    "save", [in_place, by_rename, by_moving_the_old_one_away, of_the_same_size_and_time]
)
def test_every_way_to_save_is_noticed_once(
    tmp_path: Path, noticed: "Queue[str]", save: Callable[[Path], None]
) -> None:
    save(tmp_path / "board.py")
    assert noticed.get(timeout=PATIENCE) == "board.py"
    with pytest.raises(Empty):
        noticed.get(timeout=0.3)


def test_a_new_file_and_one_that_is_gone_are_noticed(tmp_path: Path, noticed: "Queue[str]") -> None:
    (tmp_path / "column.py").write_text("", encoding="utf-8")
    assert noticed.get(timeout=PATIENCE) == "column.py"
    (tmp_path / "board.py").unlink()
    assert noticed.get(timeout=PATIENCE) == "board.py"


def test_what_is_no_python_file_is_not_noticed(tmp_path: Path, noticed: "Queue[str]") -> None:
    (tmp_path / "notes.txt").write_text("", encoding="utf-8")
    with pytest.raises(Empty):
        noticed.get(timeout=0.3)


# The screen


def drawn(screen: FullScreen, console: Console) -> list[str]:
    with console.capture() as captured:
        screen.say("Watching step 1.")
    return [line.rstrip() for line in bare(captured.get()).splitlines()]


def bare(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text.split("\x1b[2J")[-1]).replace("\r", "")


def test_a_result_that_is_too_long_keeps_its_end_and_can_be_leafed_through() -> None:
    console = Console(force_terminal=True, width=80, height=10)
    screen = FullScreen("q quit", console)
    words = " ".join(f"word-{number}" for number in range(150))
    screen.show(Problem(sentence=words))
    first = drawn(screen, console)
    assert len(first) == 9
    assert "word-0" in first[0]
    assert re.match(r"\(\d+ more lines: space\)", first[4])
    assert "word-149" in first[6]
    assert first[-2:] == ["Watching step 1.", "q quit"]
    seen = set(re.findall(r"word-\d+", "\n".join(first)))
    for _ in range(9):
        screen.more()
        seen |= set(re.findall(r"word-\d+", "\n".join(drawn(screen, console))))
    assert len(seen) == 150


def test_the_linear_screen_draws_nothing_over(capsys: pytest.CaptureFixture[str]) -> None:
    screen = LinearScreen("q quit", 60, "ascii")
    screen.say("Checking step 1.")
    screen.show(Problem(sentence="There is no step 99."), "Watching step 1.")
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "q quit",
        "Checking step 1.",
        "There is no step 99.",
        "",
        "Watching step 1.",
    ]


# What to do next is said as somebody does it who watches


REF = StepRef(number=2, id="board", title="A board")
CASES = [
    ("Write in `a.py`, save, and run `workshop check 2`.", "Write in `a.py`, and save."),
    ("Read `2.ipynb`, and run `workshop check 2`.", "Read `2.ipynb`, and save."),
    ("Try it: `workshop check 2`.", "Try it, and save."),
    ("Write it in your words, then `workshop check 2`.", "Write it in your words, and save."),
    ("Restore the file, then run `workshop check 2`.", "Restore the file, then press `r`."),
    ("Stuck? Hint 1 of 3: `workshop hint 2`.", "Stuck? Hint 1 of 3: press `h`."),
    ("Compare with ours: `workshop solution 2`.", "Compare with ours: press `s`."),
    ("Next is step 3: `workshop lab 3`.", "Next is step 3: press `n`."),
    ("Steps 16 and 17 are left: `workshop lab 16`.",
     "Steps 16 and 17 are left: press `j`, then 16 and Enter."),
    ("Mend step 1: `workshop check 1`. Or take ours: `workshop catch-up 2`.",
     "Mend step 1: press `j`, then 1 and Enter. Or take ours: `workshop catch-up 2`."),
]  # fmt: skip


def told(action: str, *, keys: bool) -> str:
    course = Course.load(REPOSITORY / "exercises" / "course.toml")
    hint = HintResult(step=REF, number=1, total=3, text="Look.", next_action=action)
    shown = as_watched(hint, course.step(2), course.step(3), keys=keys)
    assert isinstance(shown, HintResult)
    return shown.next_action


@pytest.mark.parametrize(("action", "watched"), CASES)
def test_a_save_and_single_keys_stand_where_commands_did(action: str, watched: str) -> None:
    assert told(action, keys=True) == watched


def test_where_no_keys_are_read_none_is_named() -> None:
    action = "Mend it, save, and run `workshop check 2`. Stuck? `workshop hint 2`."
    assert told(action, keys=False) == "Mend it, and save. Stuck? `workshop hint 2`."


# The whole of it


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "my wörkshop"
    for folder in ("exercises", "solutions", "notebooks"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    return root


class Noting(SpareRunner):
    """Notes what it was asked to have a worker for."""

    def __init__(self) -> None:
        super().__init__()
        self.prepared: Queue[str] = Queue()

    def prepare(self, job: Job, spares: int = 1) -> None:
        self.prepared.put(job.test_files[0])
        super().prepare(job, spares)


def test_after_a_pass_a_worker_waits_for_the_next_step(workspace: Path) -> None:
    (workspace / WORK_ITEM).write_text(SOLVED, encoding="utf-8")
    answers: Queue[Shown] = Queue()
    with Noting() as runner, closing(Session(workspace, runner=runner)) as session:
        checks = Checks(session, runner, lambda shown, _: answers.put(shown))
        checks.start()
        checks.want(1)
        answers.get(timeout=PATIENCE)
        while "02" not in runner.prepared.get(timeout=PATIENCE):
            pass
        checks.stop()


class Dawdling(SpareRunner):
    """A runner on a busy machine: somebody is kept waiting before it ends what runs."""

    def cancel(self) -> None:
        time.sleep(0.15)
        super().cancel()


def test_what_is_wanted_is_answered_on_a_busy_machine_too(workspace: Path) -> None:
    answers: Queue[Shown] = Queue()
    with Dawdling() as runner, closing(Session(workspace, runner=runner)) as session:
        checks = Checks(session, runner, lambda shown, _: answers.put(shown))
        checks.start()
        checks.want(1)
        assert isinstance(answers.get(timeout=PATIENCE), CheckResult)
        checks.stop()


class Terminal:
    """`workshop watch` in a pseudo-terminal of 80 columns and 24 lines."""

    def __init__(self, root: Path) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "workshop", "watch"],
            cwd=root,
            env=environment | {"TERM": "xterm-256color", "PYTHONPATH": str(REPOSITORY)},
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
        )
        os.close(inner)
        self._text = ""

    def press(self, keys: str) -> None:
        os.write(self._end, keys.encode())

    def until(self, *words: str) -> str:
        """Wait until the screen shows all of these words at once; the screen."""
        import select

        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            screen = " ".join(bare(self._text).split())
            if all(each in screen for each in words):
                return screen
            if select.select([self._end], [], [], 0.1)[0]:
                self._text += os.read(self._end, 65536).decode(errors="replace")
        pytest.fail(f"{words!r} was not shown:\n{bare(self._text)}")

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._end)


@pytest.fixture
def terminal(workspace: Path) -> Iterator[Terminal]:
    terminal = Terminal(workspace)
    yield terminal
    terminal.close()


@posix
def test_a_step_from_its_first_line_to_its_last(workspace: Path, terminal: Terminal) -> None:
    file = workspace / WORK_ITEM
    terminal.until("Step 1 is not started yet")
    screen = terminal.until("work_item.py, and save.", "Watching step 1.", "q quit")
    assert "`" not in screen
    file.write_text(SOLVED.replace("self._id == other._id", "self._name == other._name"))
    terminal.until("Step 1 is not right yet", "Expected")
    file.write_text("def (:\n", encoding="utf-8")
    terminal.until("Python cannot read line 1")
    file.write_text(SOLVED, encoding="utf-8")
    terminal.until("Well done: step 1 passes")
    terminal.press("l")
    terminal.until("1 of 14 steps passed, and step 2 is next")
    # It never goes on by itself; N does.
    terminal.press("n")
    terminal.until("Step 2 is not started yet")
    terminal.press("j1\r")
    terminal.until("Well done: step 1 passes")
    terminal.press("j77\r")
    terminal.until("There is no step 77")
    terminal.press("q")
    assert terminal.process.wait(PATIENCE) == 0


@posix
def test_keys_live_while_code_loops_and_the_next_save_is_answered(
    workspace: Path, terminal: Terminal
) -> None:
    terminal.until("Step 1 is not started yet")
    looping = SOLVED.replace("        self._id = ", "        while True: pass\n        self._id = ")
    (workspace / WORK_ITEM).write_text(looping, encoding="utf-8")
    terminal.until("Checking step 1.")
    terminal.press("h")
    terminal.until("Hint 1 of 3", "Checking step 1.")
    (workspace / WORK_ITEM).write_text(SOLVED, encoding="utf-8")
    terminal.until("Well done: step 1 passes")
    (workspace / WORK_ITEM).write_text(looping, encoding="utf-8")
    terminal.until("Checking step 1.")
    terminal.press("q")
    assert terminal.process.wait(PATIENCE) == 0


@posix
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_without_a_terminal_each_answer_is_printed_until_it_is_stopped(
    workspace: Path, stop: signal.Signals
) -> None:
    command = [sys.executable, "-m", "workshop", "watch", "--plain"]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        command, cwd=workspace, env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        limit = threading.Timer(4 * PATIENCE, process.kill)  # then there are no more lines
        limit.start()
        lines = iter(process.stdout.readline, "")
        assert next(line for line in lines if line.startswith("Step 1 is not started yet"))
        (workspace / WORK_ITEM).write_text(SOLVED, encoding="utf-8")
        assert next(line for line in lines if line.startswith("Well done: step 1 passes"))
        process.send_signal(stop)
        assert process.wait(PATIENCE) in (0, -stop)
        limit.cancel()


INTERRUPTED = """
import signal, sys, threading, time
from pathlib import Path

from workshop.views.screen import LinearScreen
from workshop.watch import watch


def interrupt():
    time.sleep(0.5)
    signal.pthread_kill(threading.get_ident(), signal.SIGINT)


class Interrupting(LinearScreen):
    def show(self, shown, status=None):
        super().show(shown, status)
        threading.Thread(target=interrupt).start()


watch(Path(sys.argv[1]), None, Interrupting("", 80, "utf-8"))
"""


@posix
def test_ctrl_c_ends_it_even_if_it_does_not_wake_whoever_waits(workspace: Path) -> None:
    command = [sys.executable, "-c", INTERRUPTED, str(workspace)]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command, cwd=workspace, env=environment, capture_output=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
