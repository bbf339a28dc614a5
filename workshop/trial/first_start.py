"""Tries a first start, from the command to the page."""

import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workshop.course.errors import CourseError
from workshop.course.results import FirstStart
from workshop.trial.command import Command, hang_up_is_control_c
from workshop.trial.copy_of_clone import copy_clone, digests
from workshop.trial.errors import FirstStartError
from workshop.trial.page import address_in, shut_down, status_of
from workshop.trial.surroundings import surroundings

__all__ = ["LIMIT", "try_first_start"]

COMMAND = ("-m", "workshop", "--no-browser")  # as README.md says, for a machine without a browser
LIMIT = 900.0  # seconds; pip with a slow network takes many of them
BEAT = 0.1  # seconds between two looks at what it said
LAST_LINES = 8


def try_first_start(
    root: Path,
    wheelhouse: Path | None = None,
    *,
    limit: float = LIMIT,
    tick: Callable[[], None] = lambda: None,
) -> FirstStart:
    """Make a student's first start in a copy of the clone, and remove all of it again.

    It runs in a folder whose name has a space, with the Python that this environment was made from,
    and without any cache.

    Args:
        root: The clone. It stays as it is.
        wheelhouse: If given, packages come from there, and the start is refused every network.
        limit: Seconds until it is given up.
        tick: Called again and again while it runs.

    Raises:
        CourseError: `root` is not a clone.
        FirstStartError: It did not end in a page that answers.
    """
    if not all((root / name).is_file() for name in ("constraints.txt", "workshop/__main__.py")):
        raise CourseError(f"{root} is a workspace, not a clone: a first start is tried in a clone.")
    options = {"prefix": "first start ", "ignore_cleanup_errors": True}
    with (
        hang_up_is_control_c(),
        tempfile.TemporaryDirectory(**options) as folder,  # type: ignore[call-overload]
    ):
        place = Path(folder).resolve()
        trial = _Trial(place, wheelhouse.resolve() if wheelhouse else None, limit, tick)
        copy_clone(root, trial.clone)
        return trial.carry_out()


class _Trial:
    def __init__(
        self, place: Path, wheelhouse: Path | None, limit: float, tick: Callable[[], None]
    ) -> None:
        self.clone = place / "event-sourcing-workshop"
        self._place = place
        self._wheelhouse = wheelhouse
        self._limit = limit
        self._tick = tick

    def carry_out(self) -> FirstStart:
        before = digests(self.clone)
        with self._command() as command:
            began = time.monotonic()
            self._insist_on_page(command, self._address(command, began))
            seconds = time.monotonic() - began
        tool = re.search(r"Making \.venv with (\w+)", command.said())
        after = digests(self.clone)
        changed = {name for name, _ in before.items() ^ after.items()}
        return FirstStart(
            seconds=round(seconds, 1),
            tool=tool[1] if tool else "unknown",
            megabytes=round(_size(self.clone / ".venv") / 1e6),
            wheelhouse=str(self._wheelhouse) if self._wheelhouse else None,
            changed=tuple(sorted(changed)),
        )

    @contextmanager
    def _command(self) -> Iterator[Command]:
        base = getattr(sys, "_base_executable", sys.executable)
        scratch = self._place / "tmp"
        scratch.mkdir()
        variables = surroundings(scratch, self._wheelhouse)
        command = Command([base, *COMMAND], self.clone, variables, self._place / "said.log")
        try:
            yield command
        finally:
            try:
                address = address_in(command.said())
                if address is not None and command.exit_code is None:
                    shut_down(address)
                    command.give_time_to_end()
            finally:
                command.stop()

    def _address(self, command: Command, began: float) -> str:
        while True:
            ended = command.exit_code is not None  # first: what it said until then is all there is
            address = address_in(command.said())
            if address is not None:
                return address
            seconds = time.monotonic() - began
            if ended:
                raise self._failure(
                    command,
                    f"ended after {seconds:.0f} s with exit code {command.exit_code}, "
                    "before JupyterLab answered",
                )
            if seconds > self._limit:
                raise self._failure(command, f"did not end in a page within {self._limit:.0f} s")
            self._tick()
            time.sleep(BEAT)

    def _insist_on_page(self, command: Command, address: str) -> None:
        try:
            status: object = status_of(address)
        except OSError as problem:
            status = problem
        if status != 200:
            raise self._failure(command, f"names the page {address}, which does not open: {status}")

    def _failure(self, command: Command, what: str) -> FirstStartError:
        origin = "with the network"
        if self._wheelhouse is not None:
            origin = f"from {self._wheelhouse}, without network,"
        lines = [line.rstrip() for line in command.said().splitlines() if line.strip()]
        return FirstStartError(
            f"A first start {origin} {what}.",
            remedy="Mend what it said last. It is tried with the files that git tracks, no others.",
            last_lines=lines[-LAST_LINES:],
        )


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
