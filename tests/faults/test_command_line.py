"""The table that `docs/FAULTS.md` is made from."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.faults", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_a_fault_is_a_row_of_a_table_that_says_whether_everything_held() -> None:
    done = run("clocks", "--runs", "8", "--synchronous", "NORMAL")
    *_, row = done.stdout.splitlines()
    assert row.startswith("| 4 writers whose clocks differ")
    assert "| SQLite NORMAL | 8 commits |" in row
    assert row.endswith("| yes |")
    assert done.returncode == 0


def test_a_fault_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    done = run("earthquake")
    assert "there is no fault earthquake for sqlite" in done.stderr
    assert "sqlite: kills, full-disk, power-loss, clocks, crowd" in done.stderr
    assert done.returncode == 2
