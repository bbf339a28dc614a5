"""A follower in a process of its own, whose memory is looked at on the way.

    python tests/benchmarks/follower_process.py FILE EVENTS

It follows a store from the start and prints its resident memory, in bytes, after each tenth.
"""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # publishes no types; ipykernel brings it
from measuring import Goal, Measurement
from ours import CODEC, Moves

from workshop.eventsourcing import Event, SqliteEventStore, StoredEvent, Subscription

__all__ = ["memory_of_a_follower"]


def memory_of_a_follower(path: Path, events: int) -> Measurement:
    command = [sys.executable, __file__, str(path), str(events)]
    told = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    after = [float(line) / 1e6 for line in told.split()]
    start, end = f"to {events // 10:,}", f"to {events:,}"
    sides = {end: [after[-1]], start: [after[0]]}
    return Measurement(f"follow {end}", "MB", sides, [Goal(start, 1.05, at_most=True)])


def main() -> None:
    path, events = sys.argv[1], int(sys.argv[2])
    process = psutil.Process()

    class Watched(Moves):
        """Looks at the memory after each tenth."""

        def project(self, stored: StoredEvent[Event]) -> None:
            super().project(stored)
            if self.seen % (events // 10) == 0:
                print(process.memory_info().rss, flush=True)

    with closing(SqliteEventStore(path, CODEC, synchronous="NORMAL")) as store:
        Subscription(store, Watched(events, lambda: None)).run_once()


if __name__ == "__main__":
    main()
