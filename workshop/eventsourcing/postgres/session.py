"""Connections to a server: one for each thread, and none that crosses a fork."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakSet

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus

from workshop.eventsourcing.errors import StoreError
from workshop.eventsourcing.postgres.problems import (
    ConnectionLostError,
    UnreachableError,
    explain,
    explain_connecting,
)

__all__ = ["Database", "Session", "Threads", "all_sessions", "registry"]

T = TypeVar("T")

_PAUSE = 0.05  # seconds between two attempts to reach the server
_PATIENT = {  # unless the DSN says otherwise, a network that is cut is noticed within a minute
    "connect_timeout": 10,
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 50_000,
}
# A process that hangs inside a transaction keeps its locks from all others; unless DSN, role or
# server say otherwise, for a minute.
_PATIENT_SERVER = """
    SELECT set_config('idle_in_transaction_session_timeout', '60s', false)
    WHERE current_setting('idle_in_transaction_session_timeout') = '0'
"""


@dataclass
class Database:
    """Where the server is, and how long it may be away; once `closed`, it is left alone."""

    dsn: str
    patience: float
    closed: bool = False

    @property
    def place(self) -> str:
        """What to call it in a message: never by its password."""
        told = {"host", "hostaddr", "port", "dbname", "user", "service"}
        known = {key: value for key, value in conninfo_to_dict(self.dsn).items() if key in told}
        return f"PostgreSQL ({make_conninfo('', **known) or 'as the environment says'})"

    def connect(self) -> psycopg.Connection:
        """Open a connection.

        Raises:
            StoreError: There is none; it is an `UnreachableError` if there may soon be one.
        """
        try:
            settings: dict[str, Any] = _PATIENT | conninfo_to_dict(self.dsn)
            settings["client_encoding"] = "utf8"
            connection = psycopg.connect(**settings, autocommit=True)
            # An append must see what was committed while it waited for its lock.
            connection.execute("SET default_transaction_isolation = 'read committed'")
            connection.execute(_PATIENT_SERVER)
        except psycopg.Error as error:
            raise explain_connecting(error, self.place) from error
        return connection


class Session:
    """A connection for one thread, opened when it is first needed, or needed again."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.lock = threading.RLock()  # held by its user, lest somebody closes it meanwhile
        self.depth = 0  # so many transactions, one within the other
        self.connection: psycopg.Connection | None = None
        with registry:
            all_sessions.add(self)

    def execute(self, statement: bytes, parameters: Any = None) -> list[Any]:
        """Run a statement that may be run twice, and give its rows."""
        return self.attempt(lambda: self.run(statement, parameters))

    def attempt(self, action: Callable[[], T], after_loss: Callable[[], T] | None = None) -> T:
        """Act; if the connection is lost, act again on another, or do what comes `after_loss`.

        Within a transaction there is no other: all that was done before is lost, too.
        """
        with self.lock:
            deadline = time.monotonic() + self.database.patience
            while True:
                try:
                    return action()
                except ConnectionLostError as error:
                    if self.depth or time.monotonic() > deadline:
                        raise
                    if not isinstance(error, UnreachableError):
                        action = after_loss or action
                time.sleep(_PAUSE)

    def run(self, statement: bytes, parameters: Any = None) -> list[Any]:
        """Run a statement once."""
        connection = self.connect()
        try:
            cursor = connection.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []
        except psycopg.Error as error:
            raise explain(error, self.database.place, lost=connection.closed) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what is done inside, or undo it after an error; within another, as a part."""
        with self.lock:
            outer = self.depth
            self.execute(b"SAVEPOINT part" if outer else b"BEGIN")
            self.depth += 1
            try:
                yield
                self._end(outer)
            except BaseException:
                self._undo(outer)
                raise
            finally:
                self.depth = outer

    def connect(self) -> psycopg.Connection:
        """Give the connection, unless the store or the transaction has come to an end."""
        place, connection = self.database.place, self.connection
        if self.database.closed:
            raise StoreError(f"the store on {place} is closed; open it again")
        if self.depth:
            if connection is None:
                raise StoreError(
                    f"this process was forked inside a transaction on {place}, which is its "
                    f"parent's; fork outside of transactions"
                )
            if connection.closed:
                raise ConnectionLostError(
                    f"{place} broke the connection inside a transaction, and keeps nothing of "
                    f"it; do all of it again"
                )
            if connection.pgconn.transaction_status != TransactionStatus.INTRANS:
                raise StoreError(
                    f"the transaction on {place} was ended before its block was left, by an "
                    f"error, a commit or a rollback; do all of it again"
                )
            return connection
        if connection is not None:
            if connection.pgconn.transaction_status == TransactionStatus.IDLE:
                return connection
            self.close()  # it broke, or a statement was interrupted on it
        self.connection = self.database.connect()
        return self.connection

    def close(self) -> None:
        """Close the connection; unless the database is `closed`, the next use opens another."""
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()

    __del__ = close  # when its thread has ended

    def leave_to_the_parent(self) -> None:
        """Forget the connection, in a forked child, without a word to the server."""
        self.lock = threading.RLock()  # another thread of the parent may have held the old one
        if self.connection is not None and not self.connection.closed:
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, self.connection.fileno(), inheritable=False)
            os.close(nowhere)
        self.close()

    def _end(self, outer: int) -> None:
        self.connect()
        try:
            self.run(b"RELEASE part" if outer else b"COMMIT")
        except ConnectionLostError as error:
            if outer:
                raise
            raise ConnectionLostError(
                f"{error}; the commit was on its way, so whether the transaction was kept is "
                f"unknown: look for what it wrote, and if it is not there, do all of it again"
            ) from error

    def _undo(self, outer: int) -> None:
        # After a loss or a fork there is nothing to undo here, and nobody to tell.
        if (connection := self.connection) is None or connection.closed:
            return
        if connection.pgconn.transaction_status == TransactionStatus.IDLE:
            return
        with suppress(psycopg.Error):
            connection.execute("ROLLBACK TO part; RELEASE part" if outer else "ROLLBACK")


class Threads(threading.local):
    """Gives each thread a session of its own."""

    def __init__(self, database: Database) -> None:
        self.session = Session(database)


all_sessions: WeakSet[Session] = WeakSet()  # of this process
registry = threading.RLock()  # held to add to them, or to go through them


def _leave_all_to_the_parent() -> None:
    for session in list(all_sessions):
        session.leave_to_the_parent()
    registry.release()


if sys.platform != "win32":
    os.register_at_fork(
        before=registry.acquire,
        after_in_parent=registry.release,
        after_in_child=_leave_all_to_the_parent,
    )
