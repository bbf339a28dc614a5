"""The files of an SQLite store after each of some acts: what a power cut has to work on."""

import random
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tests.faults.acts import Act, acts, perform
from tests.faults.clock import WanderingClock
from tests.faults.stores import SqlitePlace

__all__ = ["Files", "History", "live"]

LEAST = 10  # acts


class Files(NamedTuple):
    """The database, and the write-ahead log beside it, which SQLite calls its journal."""

    database: bytes
    journal: bytes


class History(NamedTuple):
    """What one writer did.

    Attributes:
        acts: One after the other; the last one writes to several streams.
        before: The files before the last act.
        after: The files after the last act.
        ends: For each act, where in the journal its part ends; 0 if the database has it already.
        checkpointed: The database, after all that is in the journal was copied into it.
    """

    acts: list[Act]
    before: Files
    after: Files
    ends: list[int]
    checkpointed: bytes

    @property
    def last_part(self) -> range:
        """The places in the journal that the last act wrote to."""
        return _changed(self.before.journal, self.after.journal)


def live(chance: random.Random, *, begin_anew: bool) -> History:
    """Do some acts.

    Args:
        chance: Which acts.
        begin_anew: Before the last act, the database gets all that the journal has, and the
            last act is written over the journal's beginning.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.db"
        with closing(SqlitePlace(str(path), "FULL").open(WanderingClock(chance))) as store:
            done: list[Act] = []
            ends: list[int] = []
            for act in acts("writer", chance, small=True):
                is_last = len(done) >= LEAST and len(act.batches) > 1
                if is_last and begin_anew:
                    _checkpoint(path)
                    ends = [0] * len(ends)
                before = _copied(path)
                perform(store, act)
                after = _copied(path)
                done.append(act)
                ends.append(_changed(before.journal, after.journal).stop)
                if is_last:
                    break
            _checkpoint(path)
            return History(done, before, after, ends, path.read_bytes())


def _copied(path: Path) -> Files:
    return Files(path.read_bytes(), path.with_name(f"{path.name}-wal").read_bytes())


def _checkpoint(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()
        assert not busy


def _changed(before: bytes, after: bytes) -> range:
    """From the first place that differs to the last."""
    if len(after) > len(before):
        return range(len(before), len(after))
    places = [n for n, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    return range(places[0], places[-1] + 1)
