"""The stores that faults are done to, each with a read model's table beside its events."""

from typing import Literal

from tests.faults.clock import WanderingClock
from workshop.eventsourcing.sqlite import SqliteEventStore
from workshop.eventsourcing.testing.store_contract import example_codec

__all__ = ["Store", "open_store"]

PATIENCE = 120  # seconds that a writer waits for the others; this machine may be busy

_TABLE = """CREATE TABLE IF NOT EXISTS effects (
    who TEXT, number BIGINT, what BIGINT, PRIMARY KEY (who, number))"""
_ADD = """INSERT INTO effects SELECT '{who}', coalesce(max(number), 0) + 1, {what}
    FROM effects WHERE who = '{who}'"""
_ALL = "SELECT who, what FROM effects ORDER BY who, number"


class Store(SqliteEventStore):
    """An SQLite store with a table of effects, which nothing but transactions keeps in order."""

    def prepare(self) -> None:
        """Make the table, unless it is there."""
        with self.transaction():
            self.connection.execute(_TABLE)

    def add_effect(self, who: str, what: int) -> None:
        """Note, within a transaction, that something had its effect."""
        self.connection.execute(_ADD.format(who=who, what=what))

    def effects(self) -> dict[str, list[int]]:
        """Tell what had its effect, for each who, in the order of the effects."""
        found: dict[str, list[int]] = {}
        with self.transaction():
            for who, what in self.connection.execute(_ALL):
                found.setdefault(who, []).append(what)
        return found

    def damage(self) -> list[str]:
        """Tell what SQLite itself finds wrong with the file."""
        with self.transaction():
            said = self.connection.execute("PRAGMA integrity_check").fetchall()
        return [] if said == [("ok",)] else [f"SQLite says: {line}" for (line,) in said]


Synchronous = Literal["FULL", "NORMAL"]


def open_store(address: str, clock: WanderingClock, *, synchronous: Synchronous = "FULL") -> Store:
    store = Store(
        address, example_codec(), clock=clock, synchronous=synchronous, busy_timeout=PATIENCE
    )
    store.prepare()
    return store
