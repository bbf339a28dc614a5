"""Makes `.venv` and installs the clone in it, or says in one sentence why not."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from workshop.firststart.diagnosis import explain_os_error, explain_output
from workshop.firststart.environment import Environment, State
from workshop.firststart.errors import COMMAND, SetupError
from workshop.firststart.lock import only_one
from workshop.firststart.progress import Line, line, say
from workshop.firststart.tools import the_tool, the_tools_surroundings

__all__ = ["find_wheelhouse", "set_up"]

HEADLINES = {
    State.ABSENT: "First start: the workshop puts its packages into .venv. This happens once.",
    State.USABLE: "Bringing .venv up to date.",
    State.BROKEN: "Making .venv afresh: it is unfinished, or made for another folder or Python.",
}
PATIENCE = 5  # seconds for a tool to end after Ctrl-C


def set_up(environment: Environment, extra: str | None, *, repair: bool = False) -> None:
    """Make the environment ready for the course and the extra.

    Args:
        environment: What to make ready.
        extra: The extra that the command needs.
        repair: Whether its own Python found that something is amiss.

    Raises:
        SetupError: It cannot be done.
    """
    own = environment.root / ".workshop"
    try:
        own.mkdir(exist_ok=True)
        with _only_one(own / "setup.lock"):
            if repair or not environment.is_ready(extra):
                with (own / "setup.log").open("wb") as log:
                    _Setup(environment, log).carry_out(extra)
    except OSError as error:
        raise explain_os_error(error, environment.root) from error
    except KeyboardInterrupt:
        say(f"Stopped. `{COMMAND}` starts again from the beginning.")
        raise


def find_wheelhouse(root: Path) -> Path | None:
    """The folder of wheels to install from instead of the network, if there is one.

    It is `$WORKSHOP_WHEELHOUSE`, or else `wheelhouse/` in the clone.

    Raises:
        SetupError: The variable names something else than a folder.
    """
    named = os.environ.get("WORKSHOP_WHEELHOUSE")
    if not named:
        beside = root / "wheelhouse"
        return beside if beside.is_dir() else None
    folder = Path(named).resolve()
    if not folder.is_dir():
        raise SetupError(
            f"WORKSHOP_WHEELHOUSE names {folder}, which is not a folder.",
            remedy="Set it to the folder of wheels, or unset it.",
        )
    return folder


class _Setup:
    def __init__(self, environment: Environment, log: BinaryIO) -> None:
        self._environment = environment
        self._log = log
        self._wheelhouse = find_wheelhouse(environment.root)
        self._tool = the_tool()

    def carry_out(self, extra: str | None) -> None:
        state = self._environment.state()
        say(HEADLINES[state])
        stamp = self._environment.stamp()
        extras = sorted({*(stamp.extras if stamp else ()), *([extra] if extra else ())})
        if state is State.BROKEN:
            self._environment.remove()
        self._environment.write_stamp(complete=False, extras=extras)
        if state is not State.USABLE:
            with line(f"Making .venv with {self._tool.name}") as shown:
                self._run(self._tool.make(self._environment), shown)
        origin = "" if self._wheelhouse is None else f" from {self._wheelhouse.name}/"
        with line(f"Installing JupyterLab and the other packages{origin}") as shown:
            for command in self._tool.install(self._environment, extras, self._wheelhouse):
                self._run(command, shown)
        self._environment.write_stamp(complete=True, extras=extras)

    def _run(self, command: Sequence[str], shown: Line) -> None:
        root = self._environment.root
        self._log.write(f"$ {' '.join(command)}\n".encode())
        self._log.flush()
        before = self._log.tell()
        with subprocess.Popen(
            command,
            cwd=root,
            env=the_tools_surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        ) as process:
            code = _wait(process, shown)
        if code != 0:
            output = Path(self._log.name).read_bytes()[before:].decode("utf-8", "replace")
            raise explain_output(output, root, self._wheelhouse)


def _wait(process: subprocess.Popen[bytes], shown: Line) -> int:
    try:
        while True:
            try:
                return process.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                shown.tick()
    except KeyboardInterrupt:
        # The tool had the same Ctrl-C and cleans up after itself; it gets a moment for that.
        try:
            process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
        raise


@contextmanager
def _only_one(file: Path) -> Iterator[None]:
    shown: list[Line] = []

    def waiting() -> None:
        if not shown:
            shown.append(Line("Another start is setting up .venv: waiting for it"))
        shown[0].tick()

    with only_one(file, waiting):
        if shown:
            shown[0].done()
        yield
