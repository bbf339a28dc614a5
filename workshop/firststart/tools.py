"""The two ways to make `.venv` and to install into it: uv, or venv and pip."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from workshop.firststart.environment import Environment
from workshop.firststart.errors import COMMAND, SetupError
from workshop.firststart.installed import distributions

__all__ = ["Pip", "Tool", "Uv", "the_tool", "the_tools_surroundings"]

# What would send packages elsewhere, or bring a stranger's modules in.
MISLEADING = (
    "PIP_PREFIX",
    "PIP_ROOT",
    "PIP_TARGET",
    "PIP_USER",
    "PYTHONHOME",
    "PYTHONPATH",
    "UV_PYTHON",
    "UV_SYSTEM_PYTHON",
    "VIRTUAL_ENV",
)


class Tool(Protocol):
    """Says which commands make an environment and install into it; runs nothing."""

    name: str

    def make(self, environment: Environment) -> Sequence[str]:
        """The command that makes the environment, in a folder that may be there already."""
        ...

    def install(
        self, environment: Environment, extras: Sequence[str], wheelhouse: Path | None
    ) -> Sequence[Sequence[str]]:
        """The commands that install the clone and what it needs, run in the clone."""
        ...


class Uv:
    """uv, by the path of its program."""

    name = "uv"

    def __init__(self, program: str) -> None:
        self._program = program

    def make(self, environment: Environment) -> Sequence[str]:
        """As `Tool` says."""
        folder = str(environment.folder)
        return [self._program, "venv", "--allow-existing", "--python", sys.executable, folder]

    def install(
        self, environment: Environment, extras: Sequence[str], wheelhouse: Path | None
    ) -> Sequence[Sequence[str]]:
        """As `Tool` says."""
        start = [self._program, "pip", "install", "--python", str(environment.python)]
        return [[*start, *_what(extras, wheelhouse)]]


class Pip:
    """venv of the standard library, and the pip that comes with it."""

    name = "pip"

    def make(self, environment: Environment) -> Sequence[str]:
        """As `Tool` says."""
        return [sys.executable, "-m", "venv", str(environment.folder)]

    def install(
        self, environment: Environment, extras: Sequence[str], wheelhouse: Path | None
    ) -> Sequence[Sequence[str]]:
        """As `Tool` says; an environment that uv made has no pip yet."""
        python = str(environment.python)
        has_pip = "pip" in distributions(environment.site_packages())
        first = [] if has_pip else [[python, "-m", "ensurepip"]]
        options = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
        return [*first, [python, "-m", "pip", "install", *options, *_what(extras, wheelhouse)]]


def the_tool() -> Tool:
    """The best tool here: uv if it is there and works, else pip.

    Raises:
        SetupError: Neither is there.
    """
    program = shutil.which("uv")
    if program is not None and _answers(program):
        return Uv(program)
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        debian = Path("/etc/debian_version").exists()
        package = f"run `sudo apt install python{version}-venv`" if debian else "install uv"
        raise SetupError(
            f"Python {version} at {sys.executable} lacks the module ensurepip, "
            "which virtual environments need.",
            remedy=f"To mend it, {package}, and run `{COMMAND}` again.",
        )
    return Pip()


def the_tools_surroundings() -> dict[str, str]:
    """The environment variables that the tools run with."""
    kept = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    # The log is read as UTF-8, and is no place for colours.
    return {**kept, "NO_COLOR": "1", "PYTHONUTF8": "1", "UV_NO_PROGRESS": "1"}


def _answers(program: str) -> bool:
    """Whether the program runs: a version manager may leave a name with nothing behind it."""
    try:
        return (
            subprocess.run([program, "--version"], capture_output=True, timeout=60).returncode == 0
        )
    except (OSError, subprocess.SubprocessError):
        return False


def _what(extras: Sequence[str], wheelhouse: Path | None) -> list[str]:
    offline = [] if wheelhouse is None else ["--no-index", "--find-links", str(wheelhouse)]
    clone = f".[{','.join(extras)}]" if extras else "."
    return [*offline, "--constraint", "constraints.txt", "--editable", clone]
