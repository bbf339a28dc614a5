"""A read model on PostgreSQL that shows what was applied twice, not at all or out of order.

Run as a program, this is a process that follows; it stops when its standard input ends.
"""

import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from workshop.eventsourcing import Event, EventCodec, Projection, StoredEvent, Subscription
from workshop.eventsourcing.postgres import PostgresEventStore, SubscriptionGroup


@dataclass(frozen=True, kw_only=True)
class Opened(Event):
    """A gate was opened."""


@dataclass(frozen=True, kw_only=True)
class Passed(Event):
    """Somebody went through."""

    visitor: int


NAMES: dict[str, type[Event]] = {"opened": Opened, "passed": Passed}
CODEC = EventCodec(Opened, Passed, names=NAMES)
GATES = tuple(f"gate-{n}" for n in range(24))  # so many that each of 8 partitions has some
TRAP = 13


class Visits(Projection):
    """Notes each event that has its effect, in the order of effects, and counts them all."""

    name = "visits"

    def __init__(
        self, store: PostgresEventStore, before: Callable[[Passed], None] = lambda passed: None
    ) -> None:
        self._store, self._before = store, before

    def project(self, stored: StoredEvent[Event]) -> None:
        connection = self._store.connection
        noted = [stored.stream, stored.version]
        connection.execute("INSERT INTO visits (stream, version) VALUES (%s, %s)", noted)
        if isinstance(stored.event, Passed):
            self._before(stored.event)
        connection.execute("UPDATE total SET visits = visits + 1")

    def make(self) -> None:
        with self._store.transaction():
            self._store.connection.execute(
                """
                CREATE TABLE visits (
                    turn bigint GENERATED ALWAYS AS IDENTITY, stream text, version bigint
                );
                CREATE TABLE total (visits bigint);
                INSERT INTO total VALUES (0);
                """
            )

    def seen(self) -> dict[str, list[int]]:
        """The versions of each stream that had their effect, in that order."""
        query = "SELECT stream, array_agg(version ORDER BY turn) FROM visits GROUP BY stream"
        with self._store.transaction():
            return dict(self._store.connection.execute(query).fetchall())

    def total(self) -> int:
        with self._store.transaction():
            [(total,)] = self._store.connection.execute("SELECT visits FROM total")
        return int(total)


def enter(store: PostgresEventStore, *visitors: int, gates: tuple[str, ...] = GATES) -> None:
    """The visitors go through each of the gates."""
    for visitor in visitors:
        for gate in gates:
            store.append(gate, [Passed(visitor=visitor)], expected_version=None)


def expected(visitors: int, gates: tuple[str, ...] = GATES) -> dict[str, list[int]]:
    return {gate: list(range(1, visitors + 1)) for gate in gates}


def wait_until(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 120  # seconds, for a machine that has more to do
    while not condition():
        assert time.monotonic() < limit, "it never happened"
        time.sleep(0.02)


def hanging_at_most(timeout: str, dsn: str) -> str:
    """A DSN with which the server ends a transaction that hangs for longer."""
    options = conninfo_to_dict(dsn)["options"]
    setting = f"-c idle_in_transaction_session_timeout={timeout}"
    return make_conninfo(dsn, options=f"{options} {setting}")


def follow(kind: str, name: str, dsn: str, schema: str) -> None:
    """Follows as `name`, once it is told to; as `victim`, it is trapped until it is told more."""
    stop, released = threading.Event(), threading.Event()

    def listen() -> None:
        for _ in sys.stdin:
            released.set()
        stop.set()
        released.set()

    def meet(passed: Passed) -> None:
        if name == "victim" and passed.visitor == TRAP and not released.is_set():
            print("trapped", flush=True)
            released.wait()

    with closing(PostgresEventStore(dsn, CODEC, schema=schema, patience=60)) as store:
        visits = Visits(store, meet)
        print("ready", flush=True)
        sys.stdin.readline()
        threading.Thread(target=listen, daemon=True).start()
        if kind == "group":
            SubscriptionGroup(store, visits, member=name, timeout=1).run(
                stop, interval=0.05, on_error=lambda error: print("told", error, flush=True)
            )
        else:
            Subscription(store, visits).run(stop, interval=0.05)


if __name__ == "__main__":
    follow(*sys.argv[1:])
