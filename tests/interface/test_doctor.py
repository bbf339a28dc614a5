"""The doctor: right about a healthy machine, clear about each ill, and never ill itself."""

import os
import shutil
import sqlite3
import subprocess
import sys
import webbrowser
from pathlib import Path

import pytest

from workshop import doctor
from workshop.course.results import Finding
from workshop.doctor import examine


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "course.toml").touch()
    return tmp_path


def finding(name: str, root: Path | None) -> Finding:
    return next(found for found in examine(root).findings if found.name == name)


def test_a_healthy_machine_needs_nothing(root: Path) -> None:
    ills = [found for found in examine(root).findings if not found.ok]
    assert ills == []


def test_every_ill_comes_with_a_remedy_and_health_with_none(tmp_path: Path) -> None:
    (tmp_path / ".workshop").touch()
    findings = examine(tmp_path).findings
    assert any(not found.ok for found in findings)
    assert [bool(found.remedy) for found in findings] == [not found.ok for found in findings]


def test_no_workspace_is_told(root: Path) -> None:
    assert finding("workspace", root).ok
    assert not finding("workspace", None).ok
    assert "workshop init DIR" in finding("workspace", None).remedy


def test_a_workspace_that_cannot_be_written_to_is_told(root: Path) -> None:
    (root / ".workshop").touch()
    assert not finding("workspace", root).ok


def test_a_damaged_progress_file_is_told(root: Path) -> None:
    progress = root / ".workshop" / "progress.db"
    progress.parent.mkdir()
    assert finding("progress", root).detail == "nothing recorded yet"
    database = sqlite3.connect(progress)
    database.execute("CREATE TABLE event (position INTEGER)")
    database.close()
    assert finding("progress", root).detail == "readable"
    progress.write_bytes(b"not a database" * 100)
    assert not finding("progress", root).ok
    assert "not a database" in finding("progress", root).detail


def test_a_package_of_another_version_than_the_pinned_one_is_told(root: Path) -> None:
    pins = "pytest==1.0\nnowhere==2.0 ; sys_platform == 'none'\n"
    (root / "constraints.txt").write_text(pins, encoding="utf-8")
    found = finding("packages", root)
    assert not found.ok
    assert found.detail == f"pytest {pytest.__version__} instead of 1.0"


def test_a_kernel_of_another_python_is_told(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = tmp_path / "share" / "jupyter" / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    for program, ok in (("python3", True), (sys.executable, True), ("/other/python", False)):
        spec.write_text(f'{{"argv": ["{Path(program).as_posix()}"]}}', encoding="utf-8")
        assert finding("kernel", root).ok is ok


def test_a_missing_git_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert shutil.which("git") is None
    assert finding("git", root).detail == "not found"


def test_a_machine_without_display_needs_no_browser(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert "no display" in finding("browser", root).detail


def test_a_desktop_without_browser_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise webbrowser.Error

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "get", none)
    assert not finding("browser", root).ok
    assert "--no-browser" in finding("browser", root).remedy


def test_a_terminal_that_is_not_utf_8_is_told(root: Path) -> None:
    program = (
        "from pathlib import Path; from workshop.doctor import examine; "
        f"print([f.detail for f in examine(Path({str(root)!r})).findings if not f.ok])"
    )
    asked = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        capture_output=True,
        encoding="cp1252",
        check=True,
    )
    assert asked.stdout.strip() == '["the terminal\'s encoding is cp1252"]'


def test_a_look_that_fails_is_a_finding(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "free_port", lambda: 1 / 0)
    found = finding("port", root)
    assert not found.ok
    assert found.detail == "could not be looked at: ZeroDivisionError: division by zero"
