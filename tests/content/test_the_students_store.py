"""The event store of step 9 fulfils the contract of all event stores, but for what it leaves out.

What it leaves out is listed in `exercises/contract_09_event_store.py`, with the reasons. The list
is complete, and nothing in it would pass after all.
"""

import os
import re
import runpy
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from workshop.course.manifest import Course
from workshop.course.wrong_answers import of_step

ROOT = Path(__file__).parents[2]
CONTRACT = "exercises/contract_09_event_store.py"
SOLVED = ROOT / "solutions" / "event_sourced"


@dataclass(frozen=True)
class Outcome:
    """What became of the contract's tests, by name."""

    passed: frozenset[str]
    left_out: frozenset[str]
    failed: frozenset[str]
    said: str


def run_contract(package: dict[str, str], folder: Path) -> Outcome:
    """Run the contract on a package; a test that is left out and passes counts as failed."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "exercises", folder / "exercises", ignore=ignored)
    for name, text in package.items():
        path = folder / "exercises" / "event_sourced" / name
        path.write_text(text, encoding="utf-8", newline="\n")
    strict = ["-o", "xfail_strict=true", "--junitxml", "results.xml"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", *strict, CONTRACT],
        cwd=folder,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    kinds: dict[str, set[str]] = {"passed": set(), "skipped": set(), "failure": set()}
    for case in ElementTree.parse(folder / "results.xml").iter("testcase"):
        outcome = next((part.tag for part in case), "passed")
        kinds.setdefault(outcome, set()).add(re.sub(r"\[.*", "", case.attrib["name"], flags=re.S))
    failed = kinds["failure"] | kinds.get("error", set())
    return Outcome(
        frozenset(kinds["passed"]), frozenset(kinds["skipped"]), frozenset(failed), run.stdout
    )


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return run_contract(texts(SOLVED), tmp_path_factory.mktemp("solved"))


@pytest.fixture(scope="module")
def listed() -> dict[str, str]:
    table: dict[str, str] = runpy.run_path(str(ROOT / CONTRACT))["BEYOND_STEP_9"]
    return table


def test_the_solved_store_fulfils_the_contract(solved: Outcome) -> None:
    assert not solved.failed, solved.said
    assert len(solved.passed) > len(solved.left_out), "it is a contract worth the name"


def test_exactly_what_is_listed_is_left_out(solved: Outcome, listed: dict[str, str]) -> None:
    assert solved.left_out == set(listed), "a name that the contract does not have, or a new one"


def test_everything_that_is_left_out_has_a_reason(listed: dict[str, str]) -> None:
    assert all(len(reason.split()) > 3 for reason in listed.values())


def test_a_store_that_breaks_a_promise_fails_the_contract(tmp_path: Path) -> None:
    step = Course.load(ROOT / "exercises" / "course.toml").step(9)
    [wrong] = [w for w in of_step(ROOT, step) if w.mistake.name == "skips_the_check_at_0"]

    outcome = run_contract(wrong.build(SOLVED, step.number), tmp_path)

    assert "test_a_stream_that_exists_is_not_new" in outcome.failed
