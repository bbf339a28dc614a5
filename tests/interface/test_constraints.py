"""What a first start installs is what the lock says."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"([\w.-]+)==([\w.!+]+)(?: ; (.+))?")


def _locked() -> set[tuple[str, str]]:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    return {
        (package["name"], package["version"])
        for package in lock["package"]
        if "editable" not in package["source"]
    }


def _pinned() -> list[re.Match[str]]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [PIN.fullmatch(line) for line in lines if not line.startswith("#")]
    assert None not in pins, "a line of constraints.txt is not `name==version ; marker`"
    return [pin for pin in pins if pin]


def test_the_constraints_are_the_versions_of_the_lock() -> None:
    assert {(pin[1], pin[2]) for pin in _pinned()} == _locked(), (
        "run the command in its first lines"
    )


def test_a_package_with_two_versions_says_which_python_gets_which() -> None:
    names = [pin[1] for pin in _pinned()]
    several = [pin for pin in _pinned() if names.count(pin[1]) > 1]
    assert several, "no package has two versions any more: this test can go"
    assert all(pin[3] for pin in several)


def test_the_header_says_how_the_constraints_are_made() -> None:
    header = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()[1]
    command = header.removeprefix("# Made by: ").split()
    assert command[:2] == ["uv", "export"]
    assert {"--all-extras", "--no-hashes", "--no-emit-project"} <= set(command)
