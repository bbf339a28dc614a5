from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from tests.eventsourcing.visits import Visits
from workshop.eventsourcing import EventCodec, EventStore, MemoryEventStore, SqliteEventStore
from workshop.eventsourcing.postgres import PostgresEventStore
from workshop.eventsourcing.testing import postgres_server

settings.register_profile("calm", deadline=None)  # a busy machine is no defect
settings.load_profile("calm")

NewStore: TypeAlias = Callable[[EventCodec], EventStore]


@pytest.fixture
def now() -> datetime:
    """The moment at which the first event is recorded; each one comes a minute later."""
    return datetime(2024, 5, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server for all tests of this process; there is one, or this is an error."""
    with postgres_server() as dsn:
        yield dsn


@pytest.fixture
def schema(server: str) -> Iterator[str]:
    """The name of a schema that no other test uses, also on a server that is shared."""
    name = f"a test's {uuid4().hex}"
    yield name
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(name)))


@pytest.fixture
def read_model(server: str, schema: str) -> str:
    """A DSN with which tables that are named without a schema are in the test's."""
    path = f'"{schema}"'.replace(" ", "\\ ")
    return make_conninfo(server, options=f"-c search_path={path}")


@pytest.fixture
def visits(store: PostgresEventStore) -> Visits:
    """A read model in the database of the test's own `store`."""
    visits = Visits(store)
    visits.make()
    return visits


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path, now: datetime) -> Iterator[NewStore]:
    """Make a store of each kind; a second one opens the first one's file or schema."""
    moments = (now + timedelta(minutes=n) for n in range(100_000))
    opened: list[EventStore] = []
    if request.param == "postgres":
        server, schema = map(request.getfixturevalue, ("server", "schema"))

    def open_store(codec: EventCodec) -> EventStore:
        if request.param == "memory":
            opened.append(MemoryEventStore(codec, clock=lambda: next(moments)))
        elif request.param == "postgres":
            opened.append(
                PostgresEventStore(server, codec, schema=schema, clock=lambda: next(moments))
            )
        else:
            path = tmp_path / "events.db"
            opened.append(SqliteEventStore(path, codec, clock=lambda: next(moments)))
        return opened[-1]

    yield open_store
    for store in opened:
        store.close()
