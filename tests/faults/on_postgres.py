"""A store on PostgreSQL that faults are done to, in a schema of its own."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple
from uuid import uuid4

import psycopg

from tests.faults.clock import WanderingClock
from tests.faults.stores import PATIENCE, Store
from workshop.eventsourcing.errors import StoreError
from workshop.eventsourcing.postgres import PostgresEventStore
from workshop.eventsourcing.postgres.problems import ConnectionLostError
from workshop.eventsourcing.testing.store_contract import example_codec

__all__ = ["Postgres", "PostgresPlace"]

_AT_WORK = """SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle'
    AND application_name = current_setting('application_name') AND pid <> pg_backend_pid()"""


class PostgresStore(PostgresEventStore, Store):
    """A schema on a server that may go away."""

    losses = (ConnectionLostError,)
    refusals = (StoreError, psycopg.errors.DiskFull)  # the latter from a statement of one's own

    def prepare(self) -> None:
        try:
            with self.transaction():  # one after the other: IF NOT EXISTS does not wait for others
                self.connection.execute("SELECT pg_advisory_xact_lock(1887)")
                super().prepare()
        except self.losses:
            self.prepare()

    def settle(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with self.transaction():
                if self.connection.execute(_AT_WORK).fetchone() == (0,):
                    return
            time.sleep(0.01)
        raise TimeoutError("what dead processes asked for does not come to an end")


class PostgresPlace(NamedTuple):
    """The server, and the schema, after which the connections are named, too.

    Attributes:
        dsn: Where the server is.
        schema: The store's, and the read model's.
        patience: Seconds to wait for the server.
        options: Settings of the connections.
    """

    dsn: str
    schema: str
    patience: float = PATIENCE
    options: str = ""

    def open(self, clock: WanderingClock) -> PostgresStore:
        """Open the store; it waits for a server that is away."""
        options = f"-c search_path={self.schema} {self.options}"
        names = f"options='{options}' application_name={self.schema}"
        store = PostgresStore(
            f"{self.dsn} {names}",
            example_codec(),
            schema=self.schema,
            clock=clock,
            patience=self.patience,
        )
        try:
            store.prepare()
        except BaseException:
            store.close()
            raise
        return store


class Postgres(NamedTuple):
    """A PostgreSQL server."""

    dsn: str

    @property
    def name(self) -> str:
        return "PostgreSQL"

    @contextmanager
    def new(self) -> Iterator[PostgresPlace]:
        schema = f"faults_{uuid4().hex}"
        yield PostgresPlace(self.dsn, schema)
        with closing(psycopg.connect(self.dsn, autocommit=True)) as connection:
            connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
