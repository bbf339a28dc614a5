"""What tests of event-sourced code need; it needs pytest, so the facade does not import it."""

from workshop.eventsourcing.testing.given_when_then import given
from workshop.eventsourcing.testing.misbehaving import MisbehavingStore, SimulatedCrashError
from workshop.eventsourcing.testing.postgres_server import (
    PostgresServer,
    postgres_server,
    private_postgres_server,
)
from workshop.eventsourcing.testing.store_contract import EventStoreContract, example_codec

__all__ = [
    "EventStoreContract",
    "MisbehavingStore",
    "PostgresServer",
    "SimulatedCrashError",
    "example_codec",
    "given",
    "postgres_server",
    "private_postgres_server",
]
