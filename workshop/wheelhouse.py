"""A folder of wheels, from which a first start needs no network."""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from workshop.course.errors import CourseError
from workshop.course.results import FirstStart
from workshop.firststart.diagnosis import explain_output, this_machine
from workshop.firststart.errors import NetworkError
from workshop.firststart.progress import line
from workshop.firststart.tools import the_tools_surroundings
from workshop.trial import FirstStartError, told, try_first_start
from workshop.wheelhouse_folder import folder_problem, usable_folder

__all__ = ["WheelhouseResult", "make_wheelhouse", "try_wheelhouse"]

# Hatchling asks for it only when it is about to build an editable install.
BACKEND_EXTRA = "editables"


@dataclass(frozen=True, kw_only=True, slots=True)
class WheelhouseResult:
    """A wheelhouse that was made.

    Attributes:
        folder: Where it is.
        wheels: How many wheels it has.
        size: Their bytes.
        added: How many of the wheels are new; others may be for other Pythons and systems.
        tried: The first start that was made from it, if one was.
    """

    folder: Path
    wheels: int
    size: int
    added: int
    tried: FirstStart | None = None

    @property
    def sentence(self) -> str:
        """What there is now, whether it was tried, and what to do with it."""
        some = "all" if self.added == self.wheels else self.added or "none"
        new = f"{some} of them new"
        tried = "was not tried." if self.tried is None else f"was tried: {told(self.tried)}"
        return (
            f"{self.wheels} wheels, {self.size / 1e6:.0f} MB, {new}, for {this_machine()}, "
            f"are in {self.folder}.\nA first start from it {tried}\n"
            "Copy the folder into a clone as wheelhouse/, beside README.md: the first start there "
            "needs no network."
        )


def make_wheelhouse(root: Path, target: Path, say: Callable[[str], None]) -> WheelhouseResult:
    """Fetch what a first start and `workshop test` need on a machine and Python like this one.

    What lies in the folder already stays there, wheels for other Pythons as well.

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
    folder = usable_folder(target)
    before = set(folder.glob("*.whl"))
    say(f"Fetching the packages for {this_machine()}. This takes about a minute.")
    with tempfile.TemporaryDirectory() as scratch:
        pip, surroundings = _pip(Path(scratch), root)
        command = [*pip, "download", *_options(root), "--dest", str(folder)]
        _run(command, surroundings, root, folder)
    wheels = set(folder.glob("*.whl"))
    return WheelhouseResult(
        folder=folder,
        wheels=len(wheels),
        size=sum(wheel.stat().st_size for wheel in wheels),
        added=len(wheels - before),
    )


def try_wheelhouse(root: Path, made: WheelhouseResult) -> WheelhouseResult:
    """Make a first start from it, without network, and say what it took.

    Raises:
        FirstStartError: It did not end in a page. The wheels stay.
    """
    try:
        with line("Trying a first start from it, without network") as shown:
            return replace(made, tried=try_first_start(root, made.folder, tick=shown.tick))
    except FirstStartError as error:
        raise FirstStartError(
            error.sentence,
            remedy=f"The wheels are kept. {error.remedy}",
            last_lines=error.last_lines,
        ) from None


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


def _run(
    command: Sequence[str],
    surroundings: Mapping[str, str],
    root: Path,
    folder: Path | None = None,
) -> None:
    """Run a tool; `folder` is where it puts what it fetches."""
    done = subprocess.run(
        command, env=surroundings, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode == 0:
        return
    output = done.stdout.decode("utf-8", "replace")
    if folder is not None and (problem := folder_problem(output, folder)):
        raise problem
    error = explain_output(output, root, None)
    if isinstance(error, NetworkError):
        raise NetworkError(
            error.sentence,
            remedy="Connect to the network, and make the wheelhouse again.",
            last_lines=error.last_lines,
        )
    raise error
