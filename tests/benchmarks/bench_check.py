"""From a save to its verdict: a check with a spare worker against a cold `pytest` of the same file.

    python tests/benchmarks/bench_check.py [--steps 3 6 9 13] [--rounds 15] [--in-a-row 200]

In each round all kinds run one after the other, so that a busy machine slows all of them. `warm`
waits before each save until the spare worker is ready, as a student does who is typing; `in a
row`, each check follows the last one at once, and the memory of all processes is measured.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from workshop.course.process_runner import ProcessRunner
from workshop.course.results import Failed
from workshop.course.runner import Runner
from workshop.course.session import Session
from workshop.course.spare_runner import SpareRunner

# Without the plugins of JupyterLab's and the test suite's packages, whose imports take seconds.
PLAIN = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
ROOT = Path(__file__).parents[2]
READY = 1.5  # seconds that a spare worker is given to get ready


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, nargs="*", default=[3, 6, 9, 13])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--in-a-row", type=int, default=200)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "work space")
        for name in ("exercises", "solutions"):
            shutil.copytree(ROOT / name, root / name)
        for package in ("domain_model", "event_sourced"):
            shutil.rmtree(root / "exercises" / package)
            shutil.copytree(ROOT / "solutions" / package, root / "exercises" / package)
        print("                     median    p95    of pytest: median  p95")
        for number in arguments.steps:
            compare(root, number, arguments.rounds)
        in_a_row(root, arguments.steps[0], arguments.in_a_row)


def compare(root: Path, number: int, rounds: int) -> None:
    with closing(Session(root)) as session:
        step = session.step(number)
        package = session.course.part_of(step).package
    file = root / "exercises" / package / step.file
    right = file.read_text(encoding="utf-8")
    # A wrong answer: what students have most of the time. The last method's end goes amiss.
    wrong = f"{right}\n\ndel {first_name(right)}\n"

    def checked(runner: Runner, text: str) -> Callable[[], None]:
        session = Session(root, runner=runner, seconds=60)

        def check() -> None:
            file.write_text(text, encoding="utf-8")
            session.check(number)

        return check

    def pytest() -> None:
        command = [sys.executable, "-m", "pytest", "-q", step.test_file]
        subprocess.run(command, cwd=root, env=PLAIN, capture_output=True, check=False)

    with SpareRunner() as spare:
        kinds: dict[str, Callable[[], None]] = {
            "cold pytest": pytest,
            "cold check, wrong": checked(ProcessRunner(), wrong),
            "warm check, wrong": checked(spare, wrong),
            "cold check, right": checked(ProcessRunner(), right),
            "warm check, right": checked(spare, right),
        }
        taken: dict[str, list[float]] = {kind: [] for kind in kinds}
        checked(spare, right)()
        for _ in range(rounds):
            for kind, run in kinds.items():
                time.sleep(READY if "warm" in kind else 0)
                began = time.perf_counter()
                run()
                taken[kind].append(time.perf_counter() - began)
                spare.refill()
    file.write_text(right, encoding="utf-8")
    print(f"step {number}")
    base = taken["cold pytest"]
    for kind, seconds in taken.items():
        tell(kind, seconds, base)


def in_a_row(root: Path, number: int, times: int) -> None:
    """Each check at once after the last one; the memory of this process and of its workers."""
    taken, memory = [], []
    command = [sys.executable, "-m", "pytest", "-q"]
    base = []
    with SpareRunner() as spare, closing(Session(root, runner=spare, seconds=60)) as session:
        step = session.step(number)
        for turn in range(times):
            began = time.perf_counter()
            verdict = session.check(number).verdict
            taken.append(time.perf_counter() - began)
            spare.refill()
            assert not isinstance(verdict, Failed), verdict
            if turn % (times // 10 or 1) == 0:
                memory.append(megabytes())
                began = time.perf_counter()
                subprocess.run(
                    [*command, step.test_file],
                    cwd=root,
                    env=PLAIN,
                    capture_output=True,
                    check=False,
                )
                base.append(time.perf_counter() - began)
    print(f"step {number}, {times} checks in a row")
    tell("right", taken, base)
    print(f"  memory, MB, from first to last: {' '.join(f'{each:.0f}' for each in memory)}")


def tell(kind: str, seconds: list[float], base: list[float]) -> None:
    median, late = statistics.median(seconds), p95(seconds)
    print(
        f"  {kind:18} {median * 1000:5.0f} ms {late * 1000:5.0f} ms"
        f"        {median / statistics.median(base):5.2f}  {late / statistics.median(base):5.2f}"
    )


def p95(seconds: list[float]) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * 0.95))]


def first_name(source: str) -> str:
    """The first class or function of a module."""
    return next(
        line.split()[1].split("(")[0].rstrip(":")
        for line in source.splitlines()
        if line.startswith(("class ", "def "))
    )


def megabytes() -> float:
    """What this process has in memory, where the system tells."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return float("nan")
    return next(int(line.split()[1]) for line in status.splitlines() if "VmRSS" in line) / 1000


if __name__ == "__main__":
    main()
