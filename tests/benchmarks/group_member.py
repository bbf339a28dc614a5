"""A member of a subscription group, in a process of its own.

    python tests/benchmarks/group_member.py DSN SCHEMA MEMBER

It follows as each line of its standard input says: a projection's name and milliseconds; or not.
"""

import sys
import threading
import time
from contextlib import closing

from ours import CODEC

from workshop.eventsourcing import Event, Projection, StoredEvent
from workshop.eventsourcing.postgres import PostgresEventStore, SubscriptionGroup

__all__ = ["Noted", "group"]

INTERVAL = 0.05  # seconds
TABLE = "workshop_bench_group.noted"


class Noted(Projection):
    """Notes each event, and takes so many milliseconds more."""

    def __init__(self, store: PostgresEventStore, name: str, milliseconds: int) -> None:
        self.name = name
        self._store, self._more = store, milliseconds / 1000

    def make_table(self) -> None:
        with self._store.transaction():
            self._store.connection.execute(f"CREATE TABLE {TABLE} (name text, position bigint)")

    def project(self, stored: StoredEvent[Event]) -> None:
        values = [self.name, stored.position]
        self._store.connection.execute(f"INSERT INTO {TABLE} VALUES (%s, %s)", values)
        time.sleep(self._more)


def group(
    store: PostgresEventStore, name: str, milliseconds: int, member: str
) -> SubscriptionGroup:
    return SubscriptionGroup(store, Noted(store, name, milliseconds), member=member)


def main() -> None:
    dsn, schema, member = sys.argv[1:]
    stop, following = threading.Event(), threading.Thread()
    with closing(PostgresEventStore(dsn, CODEC, schema=schema)) as store:
        for line in sys.stdin:
            stop.set()
            if following.ident:
                following.join()
            if line.strip() != "stop":
                name, milliseconds = line.split()
                stop = threading.Event()
                run = group(store, name, int(milliseconds), member).run
                following = threading.Thread(
                    target=run, args=[stop], kwargs={"interval": INTERVAL}, daemon=True
                )
                following.start()
            print("heard", flush=True)
        stop.set()


if __name__ == "__main__":
    main()
