"""The wheel carries the course, and makes a workspace far from any clone."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from workshop.firststart.diagnosis import NO_NETWORK

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ("exercises", "notebooks", "slides", "solutions")
JUNK = (
    "exercises/__pycache__/left.cpython-311.pyc",
    "exercises/domain_model/__pycache__/left.cpython-311.pyc",
    "exercises/.pytest_cache/README.md",
    ".workshop/progress.db",
)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone in which somebody has worked."""
    unwanted = (".git", ".venv", ".workshop", "wheelhouse", "__pycache__", ".*_cache", ".ipynb_*")
    target = tmp_path_factory.mktemp("source") / "clone"
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*unwanted))
    for name in JUNK:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text("left behind", encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """The wheel, built with uv if it is there, else with pip."""
    scratch = tmp_path_factory.mktemp("wheel")
    uv = shutil.which("uv")
    if uv is not None:
        command = [uv, "build", "--wheel", "--python", sys.executable, "--out-dir", str(scratch)]
    else:
        subprocess.run([sys.executable, "-m", "venv", str(scratch / "venv")], check=True)
        scripts = "Scripts" if os.name == "nt" else "bin"
        python = scratch / "venv" / scripts / "python"
        command = [str(python), "-m", "pip", "wheel", "--no-deps", "-w", str(scratch), "."]
        if (ROOT / "wheelhouse").is_dir():
            command += ["--no-index", "--find-links", str(ROOT / "wheelhouse")]
    built = subprocess.run(command, cwd=source, capture_output=True, text=True)
    if NO_NETWORK.search(built.stdout + built.stderr) and not os.environ.get("CI"):
        pytest.skip("no network")
    assert built.returncode == 0, built.stderr
    return zipfile.Path(next(scratch.glob("*.whl")))


@pytest.fixture(scope="module")
def installed(wheel: zipfile.Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked where Python finds it before the clone."""
    target = tmp_path_factory.mktemp("site")
    wheel.root.extractall(target)
    return target


def _workshop(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )


pytestmark = pytest.mark.network


def test_the_wheel_carries_the_whole_course_and_nothing_else(
    source: Path, wheel: zipfile.Path
) -> None:
    shipped = {
        name.removeprefix("workshop/_content/")
        for name in wheel.root.namelist()
        if name.startswith("workshop/_content/") and not name.endswith("/")
    }
    course = {
        file.relative_to(source).as_posix()
        for folder in CONTENT
        for file in (source / folder).rglob("*")
        if file.is_file()
    }
    assert {name for name in shipped if name.startswith(CONTENT)} == course - set(JUNK)
    assert "README.md" in shipped


def test_the_wheel_carries_every_file_of_the_package(source: Path, wheel: zipfile.Path) -> None:
    package = {file.relative_to(source).as_posix() for file in (source / "workshop").rglob("*.*")}
    assert package <= set(wheel.root.namelist())


def test_a_workspace_can_be_made_and_worked_in_without_a_clone(
    installed: Path, tmp_path: Path
) -> None:
    made = _workshop(installed, "workshop", "init", "mon atelier", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "Made a workspace" in made.stdout
    workspace = tmp_path / "mon atelier"
    assert not (workspace / ".venv").exists()

    status = _workshop(installed, "workshop", "status", "--plain", cwd=workspace)
    assert status.returncode == 0, status.stderr
    assert "Event-Sourced Domain Models" in status.stdout

    tests = _workshop(installed, "pytest", "exercises/test_01_identity.py", cwd=workspace)
    assert tests.returncode == 1, tests.stdout
    assert "NotImplementedError: step 1" in tests.stdout


def test_a_workspace_has_no_tests_of_the_project(installed: Path, tmp_path: Path) -> None:
    _workshop(installed, "workshop", "init", "atelier", cwd=tmp_path)
    asked = _workshop(installed, "workshop", "test", cwd=tmp_path / "atelier")
    assert asked.returncode == 2
    assert "is a workspace without the project's own tests" in asked.stderr
