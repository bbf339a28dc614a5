"""A thread's conversation with a server, over one connection after the other."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.types.string import ByteaBinaryLoader

from ..errors import StoreError
from .database import Database
from .outcome import BEGIN, Begun, make_sure
from .problems import (
    ConnectionLostError,
    UnreachableError,
    check_transaction,
    explain,
    raise_if_lost,
)

__all__ = ["Session"]

T = TypeVar("T")

_PAUSE = 0.05  # seconds between two attempts to reach the server


class Session:
    """A connection for one thread, opened when it is first needed, or needed again."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.lock = threading.RLock()  # held by its user, lest somebody closes it meanwhile
        self.depth = 0  # so many transactions, one within the other
        self._connection: psycopg.Connection | None = None
        self._cursor: psycopg.Cursor[Any]

    def execute(self, statement: bytes, parameters: Any = None) -> list[Any]:
        """Run a statement that may be run twice, and give its rows."""
        return self.attempt(lambda: self.run(statement, parameters))

    def attempt(self, action: Callable[[], T], after_loss: Callable[[], T] | None = None) -> T:
        """Act; if the connection is lost, act again on another, or do what comes `after_loss`.

        Within a transaction there is no other: all that was done before is lost, too.
        """
        with self.lock:
            deadline = None
            while True:
                try:
                    return action()
                except ConnectionLostError as error:
                    now = time.monotonic()
                    deadline = deadline or now + self.database.patience
                    if self.depth or now > deadline:
                        raise
                    if not isinstance(error, UnreachableError):
                        action = after_loss or action
                time.sleep(_PAUSE)

    def run(self, statement: bytes, parameters: Any = None, **how: bool) -> list[Any]:
        """Run a statement once; JSON comes as bytes, so that only the codec decodes it."""
        connection = self.connect()
        try:
            self._cursor.execute(statement, parameters, **how)
            while self._cursor.nextset():
                pass  # of several, the last one has the rows
            return self._cursor.fetchall() if self._cursor.description else []
        except psycopg.Error as error:
            raise explain(error, self.database.place, lost=connection.closed) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what is done inside, or undo it after an error; within another, as a part."""
        with self.lock:
            outer = self.depth
            begun = self.attempt(self._begin)
            self.depth += 1
            try:
                yield
                self._end(begun)
            except BaseException as error:
                self._undo(outer, error)
                raise
            finally:
                self.depth = outer

    def connect(self) -> psycopg.Connection:
        """Give the connection, unless the store or the transaction has come to an end."""
        place, connection = self.database.place, self._connection
        if connection is None and self.database.closed:
            raise StoreError(f"the store on {place} is closed; open it again")
        if self.depth:
            return check_transaction(connection, place)
        if connection and connection.pgconn.transaction_status == TransactionStatus.IDLE:
            return connection
        self.close()  # it broke, or a statement was interrupted on it
        connection, self._started = self.database.connect()
        self._connection, self._cursor = connection, connection.cursor(binary=True)
        self._cursor.adapters.register_loader("json", ByteaBinaryLoader)
        return connection

    def close(self) -> None:
        """Close the connection; unless the database is `closed`, the next use opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    __del__ = close  # when its thread has ended

    def leave_to_the_parent(self) -> None:
        """Let go of the connection, in a forked child, without a word to the server."""
        self.lock = threading.RLock()  # another thread of the parent may have held the old one
        if self._connection is not None and not self._connection.closed:
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, self._connection.fileno(), inheritable=False)
            os.close(nowhere)
        self.close()

    def _begin(self) -> Begun | None:
        if self.depth:
            self.run(b"SAVEPOINT part")
            return None
        # Only as plain text can two statements be sent as one.
        [(number,)] = self.run(BEGIN, binary=False, prepare=False)
        return Begun(number, self._started)

    def _end(self, begun: Begun | None) -> None:
        if begun is None:
            self.run(b"RELEASE part")
            return
        try:
            self.run(b"COMMIT")
        except ConnectionLostError as lost:
            self.depth = 0  # the question is not a part of it
            make_sure(self, begun, lost)

    def _undo(self, outer: int, error: BaseException) -> None:
        if (connection := self._connection) is None:  # the parent has it, or the server is away
            return
        if connection.closed:
            raise_if_lost(error, self.database.place)
        elif connection.pgconn.transaction_status != TransactionStatus.IDLE:
            with suppress(psycopg.Error):
                connection.execute("ROLLBACK TO part; RELEASE part" if outer else "ROLLBACK")
