"""A reader in a second process is fed while this one writes, and is killed again and again.

In half of its lives it is told events twice, and late. In the end its counts are those of a reader
that began at the first event and was left in peace: nothing was missed, nothing doubled.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from solutions.event_sourced import (
    Board,
    BoardRepository,
    ColumnCounts,
    SqliteEventStore,
    Subscription,
    create_board,
    kanban_codec,
    register_work_item,
)
from workshop.eventsourcing.testing import MisbehavingStore

EVENTS = 2_000
DEATHS = 8
LEAD = 50  # the writer is so many events ahead, so that both are at work at the same time
LIMIT = 120  # seconds, for what takes a quick machine few


def open_store(path: Path) -> SqliteEventStore:
    store = SqliteEventStore(path, kanban_codec())
    # A killed process loses nothing that it gave to the system, so nobody waits for the disk.
    store.connection.execute("PRAGMA synchronous = OFF")
    return store


class MortalFeed(MisbehavingStore):
    """Tells events twice and late, and dies between an effect and its checkpoint."""

    def __init__(self, store: Any, *, seed: int, dies_at: int) -> None:
        super().__init__(store, seed=seed, duplicates=0.2, delays=0.2)
        self._dies_at = dies_at

    def save_checkpoint(self, name: str, position: int) -> None:
        if position >= self._dies_at:
            print(position, flush=True)
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        super().save_checkpoint(name, position)


def follow(path: str, seed: str, dies_at: str) -> None:
    """Follow until the last event had its effect; what the second process does."""
    deadline = time.monotonic() + LIMIT
    with closing(open_store(Path(path))) as store:
        feed: Any = store
        if int(dies_at):
            feed = MortalFeed(store, seed=int(seed), dies_at=int(dies_at))
        subscription = Subscription(feed, ColumnCounts(store))
        while store.checkpoint(subscription.name) < EVENTS and time.monotonic() < deadline:
            if not subscription.run_once():
                time.sleep(0.001)  # nothing is new: let others have the processor


def start(path: Path, *, seed: int, dies_at: int = 0) -> "subprocess.Popen[str]":
    command = [sys.executable, __file__, os.fspath(path), str(seed), str(dies_at)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")


def work_on(board: Board, store: SqliteEventStore, dice: random.Random) -> Iterator[int]:
    """Let items come and go on a board, and save it; yield how many events there are."""
    boards = BoardRepository(store)
    for name in ("To do", "Doing", "Done"):
        board.add_column(name, column_id=name)
    items = {}
    while board.version < EVENTS:
        present = [item for column in board.columns for item in column.work_item_ids]
        if len(present) < 5 or (len(present) < 20 and dice.random() < 0.4):
            item = register_work_item("Support", work_item_id=f"item-{board.version}")
            items[item.id] = item
            board.schedule(item)
        else:
            item = items[dice.choice(present)]
            if item.id in board.columns[-1].work_item_ids:
                board.retire(item)
            elif dice.random() < 0.2:
                board.abandon(item)
            else:
                board.advance(item)
        if dice.random() < 0.5 or board.version == EVENTS:
            boards.save(board)
            yield board.version


def test_a_reader_that_is_killed_again_and_again_misses_nothing_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    dice = random.Random(1887)
    # Before it is dead, a reader may have read all that is written; enough is left for the next.
    deaths = sorted(dice.sample(range(1, EVENTS - (DEATHS + 1) * LEAD), DEATHS))
    path = tmp_path / "kanban.db"
    with closing(open_store(path)) as store:
        board = create_board("Support", "What customers wait for.")
        written = work_on(board, store, dice)
        for number, position in enumerate([*deaths, EVENTS]):
            between = number % 2 == 1  # an effect and its checkpoint; or wherever it is
            reader = start(path, seed=number, dies_at=position if between else 0)
            deadline = time.monotonic() + LIMIT
            while reader.poll() is None and time.monotonic() < deadline:
                reached = store.checkpoint("column-counts")
                if reached >= position and position < EVENTS and not between:
                    reader.kill()
                if store.last_position() >= reached + LEAD or next(written, None) is None:
                    time.sleep(0.001)  # it is the reader's turn
            said, _ = reader.communicate(timeout=LIMIT)
            assert (reader.returncode == 0) == (position == EVENTS)
            assert bool(said) == between

        counts = ColumnCounts(store).counts()
        rebuilt = ColumnCounts(store, name="rebuilt")
        Subscription(store, rebuilt).run_once()
        assert store.last_position() == EVENTS
        assert counts == rebuilt.counts()
        assert counts == {column.id: len(column.work_item_ids) for column in board.columns}


if __name__ == "__main__":
    follow(*sys.argv[1:])
