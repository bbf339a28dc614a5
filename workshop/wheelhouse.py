"""A folder of wheels, from which a first start needs no network."""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from workshop.course.errors import CourseError
from workshop.firststart.diagnosis import explain_output, this_machine
from workshop.firststart.errors import NetworkError
from workshop.firststart.tools import the_tools_surroundings

__all__ = ["WheelhouseResult", "make_wheelhouse"]

# Hatchling asks for it only when it is about to build an editable install.
BACKEND_EXTRA = "editables"


@dataclass(frozen=True, kw_only=True, slots=True)
class WheelhouseResult:
    """A wheelhouse that was made.

    Attributes:
        folder: Where it is.
        wheels: How many wheels it has.
        size: Their bytes.
    """

    folder: Path
    wheels: int
    size: int

    @property
    def sentence(self) -> str:
        """What there is now, and what to do with it."""
        return (
            f"{self.wheels} wheels, {self.size / 1e6:.0f} MB, for {this_machine()} "
            f"are in {self.folder}. Copy it into a clone as wheelhouse/, beside README.md: "
            "the first start there needs no network."
        )


def make_wheelhouse(root: Path, target: Path, say: Callable[[str], None]) -> WheelhouseResult:
    """Fetch what a first start and `workshop test` need on a machine and Python like this one.

    Args:
        root: The clone, whose pinned versions are fetched.
        target: The folder to put the wheels in; made if need be.
        say: Told what is going on.

    Raises:
        CourseError: The folder cannot be used, or `root` is not a clone.
        SetupError: The wheels cannot be fetched.
    """
    if not (root / "constraints.txt").is_file():
        raise CourseError(f"{root} has no constraints.txt: make a wheelhouse from a clone.")
    folder = target.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CourseError(f"{folder} cannot be made: {error.strerror}.") from error
    say(f"Fetching the packages for {this_machine()}. This takes about a minute.")
    with tempfile.TemporaryDirectory() as scratch:
        pip, surroundings = _pip(Path(scratch), root)
        _run([*pip, "download", *_options(root), "--dest", str(folder)], surroundings, root)
    wheels = list(folder.glob("*.whl"))
    size = sum(wheel.stat().st_size for wheel in wheels)
    return WheelhouseResult(folder=folder, wheels=len(wheels), size=size)


def _options(root: Path) -> Sequence[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    backend: list[str] = project["build-system"]["requires"]
    pins = str(root / "constraints.txt")
    quiet = ("--no-input", "--disable-pip-version-check", "--progress-bar", "off")
    # A source distribution would need a compiler, and its own tools, on the student's machine.
    wanted = ("--requirement", pins, *backend, BACKEND_EXTRA)
    return (*quiet, "--only-binary", ":all:", "--constraint", pins, *wanted)


def _pip(scratch: Path, root: Path) -> tuple[Sequence[str], Mapping[str, str]]:
    """A pip for this very Python, and its environment variables; uv leaves `.venv` without one."""
    surroundings = the_tools_surroundings()
    if find_spec("pip") is not None:
        return [sys.executable, "-m", "pip"], surroundings
    if find_spec("ensurepip") is not None:
        _run([sys.executable, "-m", "venv", str(scratch)], surroundings, root)
        python = scratch / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        return [str(python), "-m", "pip"], surroundings
    uv = shutil.which("uv")
    if uv is None:
        raise CourseError(
            f"{sys.executable} has neither pip nor ensurepip, and uv is not on the path. "
            "Install one of them."
        )
    _run(
        [uv, "pip", "install", "--python", sys.executable, "--target", str(scratch), "pip"],
        surroundings,
        root,
    )
    return [sys.executable, "-m", "pip"], {**surroundings, "PYTHONPATH": str(scratch)}


def _run(command: Sequence[str], surroundings: Mapping[str, str], root: Path) -> None:
    done = subprocess.run(
        command, env=surroundings, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode == 0:
        return
    error = explain_output(done.stdout.decode("utf-8", "replace"), root, None)
    if isinstance(error, NetworkError):
        raise NetworkError(
            error.sentence,
            remedy="Connect to the network, and make the wheelhouse again.",
            last_lines=error.last_lines,
        )
    raise error
