"""The stores that faults are done to, each with a read model's table beside its events."""

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from tests.faults.clock import WanderingClock
from workshop.eventsourcing.errors import StoreError
from workshop.eventsourcing.sqlite import SqliteEventStore
from workshop.eventsourcing.store import EventStore
from workshop.eventsourcing.testing.store_contract import example_codec

__all__ = ["Kind", "Place", "Sqlite", "SqlitePlace", "Store", "Synchronous"]

PATIENCE = 120  # seconds that a writer waits for the others; this machine may be busy

_TABLE = """CREATE TABLE IF NOT EXISTS effects (
    who TEXT, number BIGINT, what BIGINT, PRIMARY KEY (who, number))"""
_ADD = """INSERT INTO effects SELECT '{who}', coalesce(max(number), 0) + 1, {what}
    FROM effects WHERE who = '{who}'"""
_ALL = "SELECT who, what FROM effects ORDER BY who, number"


class Store(EventStore, Protocol):
    """A store with a table of effects, which nothing but transactions keeps in order.

    Attributes:
        losses: The errors after which a program may look what is there, and go on.
        refusals: The errors with which it refuses a commit when there is no space.
    """

    losses: tuple[type[Exception], ...] = ()
    refusals: tuple[type[Exception], ...] = (StoreError,)

    @property
    def connection(self) -> Any:
        """The connection of the transaction at hand."""

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

    def settle(self) -> None:
        """Wait for what dead processes have asked for, if a server may still be doing it."""
        return

    def damage(self) -> list[str]:
        """Tell what the database itself finds wrong."""
        return []


class Place(Protocol):
    """Where a store is; other processes can be told."""

    def open(self, clock: WanderingClock) -> Store:
        """Open the store, with its table of effects."""


class Kind(Protocol):
    """A kind of store.

    Attributes:
        name: What the table of faults calls it.
    """

    @property
    def name(self) -> str: ...

    def new(self) -> AbstractContextManager[Place]:
        """Give a place for a new store, for as long as the block runs."""


Synchronous = Literal["FULL", "NORMAL"]


class SqliteStore(SqliteEventStore, Store):
    """An SQLite file."""

    def damage(self) -> list[str]:
        with self.transaction():
            said = self.connection.execute("PRAGMA integrity_check").fetchall()
        return [] if said == [("ok",)] else [f"SQLite says: {line}" for (line,) in said]


class SqlitePlace(NamedTuple):
    """The path of the file, and how it is opened."""

    path: str
    synchronous: Synchronous

    def open(self, clock: WanderingClock) -> SqliteStore:
        store = SqliteStore(
            self.path,
            example_codec(),
            clock=clock,
            synchronous=self.synchronous,
            busy_timeout=PATIENCE,
        )
        store.prepare()
        return store


class Sqlite(NamedTuple):
    """SQLite, in a temporary folder."""

    synchronous: Synchronous

    @property
    def name(self) -> str:
        return f"SQLite {self.synchronous}"

    @contextmanager
    def new(self) -> Iterator[SqlitePlace]:
        with tempfile.TemporaryDirectory() as folder:
            yield SqlitePlace(str(Path(folder) / "events.db"), self.synchronous)
