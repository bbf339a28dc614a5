"""The feed of all events in pages of 1,000, decoded.

Raw selects the rows of a page. The peer selects from its notification log, and maps each
notification to its event.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import peer
from measuring import Effort, Goal, Measurement, each_in_turn, measure
from ours import CODEC, moved

from workshop.eventsourcing import SqliteEventStore

__all__ = ["measurements"]

PAGE, PAGES = 1_000, 20
GOALS = (Goal("peer", 2.5),)
SELECT = "SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?"


def measurements(effort: Effort, folder: Path) -> Iterator[Measurement]:
    pages = min(PAGES, effort.most // PAGE)
    with (
        closing(SqliteEventStore(folder / "ours.db", CODEC, synchronous="NORMAL")) as store,
        closing(sqlite3.connect(folder / "ours.db")) as raw,
        peer.opened(folder / "peer.db") as boards,
    ):
        for n in range(pages * 10):  # a page has the events of ten boards
            store.append(f"board-{n}", [moved(str(n))] * 100, expected_version=0)
            peer.put(boards, 100)
        places = [page * PAGE for page in range(pages)]
        sides = {
            "ours": each_in_turn(
                lambda after: len(list(store.read_all(after=after, limit=PAGE))), places
            ),
            "raw": each_in_turn(lambda after: len(_rows(raw, after)), places),
            "peer": each_in_turn(lambda after: len(_notified(boards, after)), places),
        }
        yield measure(f"in pages of {PAGE:,}", "events/s", sides, effort, GOALS)


def _rows(raw: sqlite3.Connection, after: int) -> list[object]:
    return raw.execute(SELECT, [after, PAGE]).fetchall()


def _notified(boards: peer.Boards, after: int) -> list[object]:
    page = boards.notification_log.select(after, PAGE, inclusive_of_start=False)
    return [boards.mapper.to_domain_event(each) for each in page]
