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


def test_a_package_has_one_version_for_each_python() -> None:
    everywhere = [pin[1] for pin in _pinned() if pin[3] is None]
    names = [pin[1] for pin in _pinned()]
    assert [name for name in everywhere if names.count(name) > 1] == []


def test_the_header_says_how_the_constraints_are_made() -> None:
    header = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()[1]
    command = header.removeprefix("# Made by: ").split()
    assert command[:2] == ["uv", "export"]
    assert {"--all-extras", "--no-hashes", "--no-emit-project"} <= set(command)
