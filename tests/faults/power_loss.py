"""Power cuts, as far as copies of files can stand for them.

A power cut leaves in any state what was being written. So the files of a store are put together
as a cut at each place may leave them. The store is opened on that; it must have a number of whole
commits, all that had reached the disk among them, and go on from there.
"""

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tests.faults.acts import perform
from tests.faults.clock import WanderingClock
from tests.faults.journal import Files, History, live
from tests.faults.ledger import Begun, Done, Ledger
from tests.faults.report import Tried
from tests.faults.stores import SqlitePlace

__all__ = ["cut_power"]

SECTOR = 512  # bytes: what a disk writes whole, and in any order
CUT_OFF = 25  # times as many cuts, so that 2,000 runs are enough for each byte of a commit

Rest = Callable[[random.Random, bytes, bytes], bytes]
"""Makes of the journal's rest, before the last commit and after it, what a cut leaves of it."""

RESTS: dict[str, Rest] = {
    "gone": lambda chance, old, new: b"",
    "as before": lambda chance, old, new: old,
    "zeros": lambda chance, old, new: bytes(len(new)),
    "garbage": lambda chance, old, new: chance.randbytes(len(new)),
    "some sectors": lambda chance, old, new: _mixed(chance, old, new),
}


class Left(NamedTuple):
    """The files that a power cut left, and how many commits were on the disk before it."""

    files: Files
    safe: int


def cut_power(runs: int, seed: int) -> Iterator[Tried]:
    """Cut the power at so many places for each row, or at each one if there are fewer.

    A journal that is cut off is tried at more places, see `CUT_OFF`.
    """
    chance = random.Random(seed)
    for begin_anew in (False, True):
        history = live(chance, begin_anew=begin_anew)
        place = "over an old journal" if begin_anew else "at the journal's end"
        for name, rest in RESTS.items():
            if name == "as before" and not begin_anew:
                continue  # before, there was nothing: that is "gone"
            places = runs * CUT_OFF if name == "gone" else runs
            cuts = _in_the_last_commit(history, rest, places, chance)
            yield _tried(f"power cut in the last commit, {place}; the rest: {name}", history, cuts)
        cuts = _in_a_checkpoint(history, runs, chance)
        yield _tried("power cut while the journal is copied into the database", history, cuts)
        if not begin_anew:
            cuts = _in_any_commit(history, runs, chance)
            yield _tried("power cut that takes the last commits, as NORMAL may", history, cuts)


def _in_the_last_commit(
    history: History, rest: Rest, runs: int, chance: random.Random
) -> Iterator[Left]:
    (database, old), (_, new) = history.before, history.after
    for cut in _some(history.last_part, runs, chance):
        journal = new[:cut] + rest(chance, old[cut:], new[cut:])
        yield Left(Files(database, journal), len(history.acts) - 1)


def _in_any_commit(history: History, runs: int, chance: random.Random) -> Iterator[Left]:
    database, journal = history.after
    for cut in _some(range(len(journal)), runs, chance):
        yield Left(Files(database, journal[:cut]), sum(end <= cut for end in history.ends))


def _in_a_checkpoint(history: History, runs: int, chance: random.Random) -> Iterator[Left]:
    database, journal = history.after
    for _ in range(runs):
        torn = _mixed(chance, database, history.checkpointed)
        yield Left(Files(torn, journal), len(history.acts))


def _some(places: range, runs: int, chance: random.Random) -> list[int]:
    return sorted(chance.sample(places, min(runs, len(places))))


def _mixed(chance: random.Random, old: bytes, new: bytes) -> bytes:
    """Take each sector as it was or as it should be; a file that grew has zeros for what it was."""
    both = (data.ljust(max(len(old), len(new)), b"\0") for data in (old, new))
    sectors = zip(
        *([d[n : n + SECTOR] for n in range(0, len(d), SECTOR)] for d in both), strict=True
    )
    return b"".join(chance.choice(pair) for pair in sectors)


def _tried(fault: str, history: History, cuts: Iterator[Left]) -> Tried:
    """Open the store on what each cut left, and count."""
    wrong: list[str] = []
    reached: Counter[int] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.db"
        for left in cuts:
            ledger = Ledger()
            for act in history.acts:
                ledger.note(Begun(act))
            ledger.note(Done("writer", left.safe))
            there, complaints = _open_on(path, left.files, ledger)
            reached[there - left.safe] += 1
            wrong += complaints
    none, beyond = reached.pop(0, 0), reached.total()
    return Tried(
        fault,
        "SQLite",
        f"{none + beyond:,} cuts",
        f"all that was on the disk is there; {none:,} times nothing else, {beyond:,} times "
        f"all of the next commit",
        wrong,
    )


def _open_on(path: Path, files: Files, ledger: Ledger) -> tuple[int, list[str]]:
    """Open the store on the files: how many acts are there, and what is wrong, also later on."""
    path.write_bytes(files.database)
    path.with_name(f"{path.name}-wal").write_bytes(files.journal)
    clock = WanderingClock(random.Random(0))
    with closing(SqlitePlace(str(path), "NORMAL").open(clock)) as store:
        wrong = ledger.complaints(store)
        reached = ledger.reached["writer"]
        if not wrong and (missing := ledger.begun["writer"][reached:]):
            for act in missing:
                perform(store, act)
            ledger.note(Done("writer", len(ledger.begun["writer"])))
            wrong = ledger.complaints(store)
    return reached, wrong
