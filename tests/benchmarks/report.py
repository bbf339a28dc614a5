"""What a run gave, as it is kept and compared: figures, ratios, and where they were made."""

import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from platform import machine, platform, python_implementation, python_version
from sqlite3 import sqlite_version

import msgspec
import psutil  # type: ignore[import-untyped]  # publishes no types; ipykernel brings it
from measuring import Measurement

__all__ = ["Comparison", "Figure", "Report", "figure_of", "read", "surroundings", "write"]

PACKAGES = ("event-sourced-domain-models", "msgspec", "eventsourcing", "psycopg")


class Comparison(msgspec.Struct, frozen=True):
    """A figure beside another side's.

    Attributes:
        against: The other side.
        value: Its median.
        ratio: The figure as a multiple of it: the median over the rounds.
        goal: What the ratio should be, in words.
        is_met: Whether it is.
    """

    against: str
    value: float
    ratio: float
    goal: str | None
    is_met: bool | None


class Figure(msgspec.Struct, frozen=True):
    """What one measurement gave: the median of all rounds, the lowest and the highest."""

    benchmark: str
    name: str
    unit: str
    value: float
    lowest: float
    highest: float
    comparisons: Sequence[Comparison]


class Report(msgspec.Struct, frozen=True):
    """A run.

    Attributes:
        made_at: When.
        commit: Of the repository; it ends in a plus sign if there were changes beside it.
        rounds: So often each side was measured.
        machine: General facts.
        versions: Of Python, SQLite and the packages that count.
        figures: What was measured.
    """

    made_at: datetime
    commit: str
    rounds: int
    machine: Mapping[str, str]
    versions: Mapping[str, str]
    figures: Sequence[Figure]


def figure_of(benchmark: str, measured: Measurement) -> Figure:
    own = measured.sides[measured.first]
    return Figure(
        benchmark=benchmark,
        name=measured.name,
        unit=measured.unit,
        value=measured.median(measured.first),
        lowest=min(own),
        highest=max(own),
        comparisons=[_comparison(measured, other) for other in measured.others],
    )


def _comparison(measured: Measurement, other: str) -> Comparison:
    goal, ratio = measured.goal(other), measured.ratio(other)
    return Comparison(
        against=other,
        value=measured.median(other),
        ratio=ratio,
        goal=str(goal) if goal else None,
        is_met=goal.is_met(ratio) if goal else None,
    )


def write(report: Report, path: Path) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")


def read(path: Path) -> Report:
    return msgspec.json.decode(path.read_bytes(), type=Report)


def surroundings(root: Path) -> tuple[str, dict[str, str], dict[str, str]]:
    """The commit, facts about the machine, and versions."""
    commit = _git(root, "rev-parse", "--short=12", "HEAD")
    if commit and _git(root, "status", "--porcelain", "--untracked-files=no"):
        commit += "+"
    facts = {
        "system": platform(),
        "processor": machine(),
        "cores": str(psutil.cpu_count()),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GB",
    }
    versions = {"Python": f"{python_implementation()} {python_version()}", "SQLite": sqlite_version}
    return commit or "unknown", facts, versions | {name: version(name) for name in PACKAGES}


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, encoding="utf-8", check=False
        )
    except OSError:
        return ""  # a clone that was downloaded, on a machine without git
    return done.stdout.strip()
