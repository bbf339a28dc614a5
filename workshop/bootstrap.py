"""Which Python runs the workshop, and the first start in a fresh clone.

In an installed wheel there is nothing to decide. In a clone, the workshop runs where this very
clone is installed with what the command needs: in the Python that is already running (`uv run`,
an environment of your own), or else in the clone's `.venv`, which is made if need be. Standard
library only, and quick: every command passes through here.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from workshop.firststart.environment import Environment
from workshop.firststart.errors import SetupError
from workshop.firststart.installed import lacks, site_packages_of_this_python

__all__ = ["clone_root", "run"]

# What a command needs beyond the course itself: an extra of pyproject.toml.
EXTRAS: Mapping[str, str] = {
    "bench": "test",
    "rehearse": "slides",
    "slides": "slides",
    "test": "test",
}

# Tells a Python that was started from here why: `prepared` by the set-up, or to `repair` it.
HANDOVER = "WORKSHOP_HANDOVER"

INTERRUPTED = 130


def clone_root() -> Path | None:
    """The clone that this package runs from; `None` if it runs from an installed wheel."""
    root = Path(__file__).resolve().parent.parent
    files = (root / "pyproject.toml", root / "constraints.txt")
    return root if all(file.is_file() for file in files) else None


def run(arguments: Sequence[str]) -> int:
    """Run the command in the right Python; the answer is the exit code.

    On POSIX this may not return: the process becomes the right Python.
    """
    try:
        root = clone_root()
        if root is None:
            return _call(arguments)
        extra = EXTRAS.get(arguments[0]) if arguments else None
        return _run_in_clone(root, arguments, extra)
    except SetupError as error:
        print(error.told(), file=sys.stderr)  # noqa: T201 - rich is not installed yet
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _run_in_clone(root: Path, arguments: Sequence[str], extra: str | None) -> int:
    environment = Environment(root)
    handover = os.environ.pop(HANDOVER, None)
    if environment.is_running():
        if environment.is_ready(extra):
            return _call(arguments)
        if handover == "prepared":
            raise SetupError(
                f"{environment.folder} was set up but does not work.",
                remedy="Remove the folder `.venv` and start again.",
            )
        # A Python cannot mend the environment that it runs from: its base can.
        return _become(sys._base_executable, _starting_from(root), arguments, "repair")  # type: ignore[attr-defined]  # as the venv module does
    if not lacks(site_packages_of_this_python(), root, extra):
        return _call(arguments)
    if handover == "repair" or not environment.is_ready(extra):
        from workshop.firststart.setup import set_up

        set_up(environment, extra, repair=handover == "repair")
    # -P: a folder `workshop` in the current folder must not stand in for this package.
    return _become(environment.python, ("-P", "-m", "workshop"), arguments, "prepared")


def _call(arguments: Sequence[str]) -> int:
    try:
        cli = import_module("workshop.cli")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] == "workshop":
            raise
        raise SetupError(
            f"The workshop is installed without {error.name}, which it needs.",
            remedy="Install it again, with its dependencies.",
        ) from None
    code: int = cli.main(list(arguments))
    return code


def _starting_from(root: Path) -> Sequence[str]:
    """Options that run the workshop of the clone in a Python that has not installed it."""
    program = (
        f"import sys; sys.path.insert(0, {str(root)!r}); "
        "from workshop.__main__ import main; sys.exit(main())"
    )
    return ("-c", program)


def _become(
    python: str | Path, options: Sequence[str], arguments: Sequence[str], handover: str
) -> int:
    command = [str(python), *options, *arguments]
    surroundings = {**os.environ, HANDOVER: handover}
    if os.name != "nt":
        sys.stdout.flush()
        sys.stderr.flush()
        try:
            os.execve(command[0], command, surroundings)
        except OSError as error:
            raise SetupError(
                f"{python} does not start: {error.strerror}.",
                remedy="Remove the folder `.venv` and start again.",
            ) from error
    # Windows cannot replace a process. UTF-8 mode: before Python 3.13 a path with an é in an
    # editable install is otherwise read in the machine's own encoding, and not found.
    command.insert(1, "-Xutf8")
    with subprocess.Popen(command, env=surroundings) as process:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the inner process's to answer
        return process.wait()
