"""What tests of event-sourced code need; it needs pytest, so the facade does not import it."""

from .given_when_then import given
from .misbehaving import MisbehavingStore, SimulatedCrashError
from .postgres_server import PostgresServer, postgres_server, private_postgres_server
from .store_contract import EventStoreContract, example_codec

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
