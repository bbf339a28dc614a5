"""A PostgreSQL server to measure on, of which nothing is left as it was used."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from measuring import CannotMeasureError

from workshop.eventsourcing.testing import postgres_server

__all__ = ["server_without"]


@contextmanager
def server_without(*schemas: str) -> Iterator[tuple[str, psycopg.Connection]]:
    """Give a server's DSN and a connection; it has none of these schemas, before and after.

    Raises:
        CannotMeasureError: There is no server.
    """
    drop = f"DROP SCHEMA IF EXISTS {', '.join(schemas)} CASCADE"
    try:
        with postgres_server() as dsn, psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("SET client_min_messages = warning")
            connection.execute(drop)
            try:
                yield dsn, connection
            finally:
                connection.execute(drop)
    except RuntimeError as error:
        raise CannotMeasureError(str(error)) from error
