"""A disk that is full: a small one in memory, where root may have it, or a limit on a file."""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from tests.faults.acts import acts, perform
from tests.faults.clock import WanderingClock
from tests.faults.ledger import Begun, Done, Ledger
from tests.faults.report import Tried
from tests.faults.stores import Place, SqlitePlace, Synchronous

__all__ = ["AFTERWARDS", "SHORTAGES", "any_space", "fill", "fill_disk", "small_disk"]

SPACES = (150_000, 10_000_000)  # bytes: from very little to more than the journal usually has
DISK = 64_000_000  # bytes, of which all but a run's space is taken until the disk was full
WORDS = ("disk is full", "disk is not full", "No space left on device")  # one of them is said
AFTERWARDS = 5  # acts, which must work once there is space

Shortage: TypeAlias = "AbstractContextManager[tuple[Path, Callable[[], None]]]"
"""A folder with so little space, and how to end the shortage."""


@contextmanager
def small_disk(space: int) -> Iterator[tuple[Path, Callable[[], None]]]:
    """Mount a disk in memory, most of which is taken by another file; only Linux's root may.

    Raises:
        PermissionError: This is not Linux, or not root.
    """
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder]
        if (
            sys.platform != "linux"
            or subprocess.run(mount, check=False, capture_output=True).returncode
        ):
            raise PermissionError("only root may mount a small disk, and on Linux")
        try:
            taken = Path(folder) / "taken"
            with taken.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, DISK - space)
            yield Path(folder), taken.unlink
        finally:
            subprocess.run(["umount", folder], check=True)


@contextmanager
def size_limit(space: int) -> Iterator[tuple[Path, Callable[[], None]]]:
    """Let no file of this process grow beyond the space; Windows has no such limit.

    Raises:
        PermissionError: This is Windows.
    """
    if sys.platform == "win32":
        raise PermissionError("Windows has no limit on a file's size")
    import resource

    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    with tempfile.TemporaryDirectory() as folder:
        resource.setrlimit(resource.RLIMIT_FSIZE, (space, usual[1]))
        try:
            yield Path(folder), lambda: resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)


SHORTAGES: dict[str, Callable[[int], Shortage]] = {
    "disk full (tmpfs)": small_disk,
    "disk full (limit on a file's size)": size_limit,
}


def any_space(chance: random.Random) -> int:
    """Choose how many bytes are left, little more often than much."""
    smallest, biggest = SPACES
    return int(smallest * (biggest / smallest) ** chance.random())


def fill_disk(runs: int, seed: int, synchronous: Synchronous, fault: str) -> Tried:
    """Append until the disk is full, free some space, and go on; so many times.

    Raises:
        PermissionError: This system cannot have such a shortage.
    """
    chance = random.Random(seed)
    wrong: list[str] = []
    done = 0
    for run in range(runs):
        space = any_space(chance)
        with SHORTAGES[fault](space) as (folder, end_shortage):
            ledger = Ledger()
            place = SqlitePlace(str(folder / "events.db"), synchronous)
            complaints = fill(place, chance, ledger, end_shortage)
            wrong += [f"run {run}, {space} bytes: {each}" for each in complaints]
            done += ledger.done.total()
    return Tried(
        fault,
        f"SQLite {synchronous}",
        f"{runs:,} times",
        f"`StoreError`, nothing of that commit; all {done:,} acknowledged commits are there; "
        f"with space, the same commit and the next ones succeed",
        wrong,
    )


def fill(
    place: Place, chance: random.Random, ledger: Ledger, end_shortage: Callable[[], None]
) -> Iterator[str]:
    """Write to a store until its disk is full, and on when there is space; say what is wrong."""
    thought = acts("writer", chance)
    with closing(place.open(WanderingClock(chance))) as store:
        for act in thought:
            ledger.note(Begun(act))
            try:
                perform(store, act)
            except store.refusals as error:
                if not any(words in str(error) for words in WORDS):
                    yield f"it says: {error}"
                break
            ledger.note(Done("writer", act.number))
        yield from ledger.complaints(store)
        if ledger.reached["writer"] != act.number - 1:
            yield f"act {act.number} was refused, and yet it is there"
        end_shortage()
        for again in (act, *islice(thought, AFTERWARDS)):
            ledger.note(Begun(again))
            perform(store, again)
            ledger.note(Done("writer", again.number))
    with closing(place.open(WanderingClock(chance))) as store:
        yield from ledger.complaints(store)
