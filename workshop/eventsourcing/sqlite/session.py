"""A connection to an SQLite file, for one thread, and transactions on it."""

import sqlite3
import threading
from pathlib import Path
from typing import Any

from ..errors import StoreError
from .file import SqliteFile, explain, prepare

__all__ = ["Session", "refused"]


class Session:
    """A connection for one thread, opened when it is first needed, or needed again.

    As a context manager it is a transaction: what is done inside is committed, or undone after an
    error. Within another it is a part of that one.
    """

    def __init__(self, file: SqliteFile) -> None:
        self.file = file
        self.lock = threading.RLock()  # held by its user, lest somebody closes it meanwhile
        self.depth = 0  # so many transactions, one within another
        self.connection: sqlite3.Connection | None = None

    # A generator with @contextmanager would be shorter, and a tenth of a small append's time.
    def __enter__(self) -> None:
        self.lock.acquire()
        try:
            # A deferred BEGIN would fail at its first write if another had written meanwhile.
            self.execute("SAVEPOINT part" if self.depth else "BEGIN IMMEDIATE")
            self.depth += 1
        except BaseException:
            self._undo()
            self.lock.release()
            raise

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        try:
            if error is None:
                self.execute("RELEASE part" if self.depth > 1 else "COMMIT")
            else:
                self._undo()
        except BaseException:
            self._undo()
            raise
        finally:
            self.depth -= 1
            self.lock.release()

    def _undo(self) -> None:
        # After some errors SQLite has rolled back by itself.
        if self.connection is not None and self.connection.in_transaction:
            self.execute("ROLLBACK TO part" if self.depth > 1 else "ROLLBACK")
            if self.depth > 1:
                self.execute("RELEASE part")

    def execute(self, sql: str, parameters: Any = ()) -> list[Any]:
        """Run a statement to its end, so that nothing stays open, and give its rows."""
        with self.lock:
            try:
                return self.connect().execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                raise explain(error, self.file.path) from error

    def connect(self) -> sqlite3.Connection:
        """Give the connection, unless the store or the transaction has come to an end."""
        connection = self.connection or self._open()
        if self.depth and not connection.in_transaction:
            raise StoreError(
                f"the transaction on {self.file.path} was ended before its block was left, by an "
                f"error, a commit or a rollback; do all of it again"
            )
        return connection

    def close(self) -> None:
        """Close the connection; unless the file is `closed`, the next use opens another."""
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()

    __del__ = close  # when its thread has ended

    def _open(self) -> sqlite3.Connection:
        path, timeout = self.file.path, self.file.busy_timeout
        if self.file.closed:
            raise StoreError(f"the store {path} is closed; open it again")
        if path in refused:
            raise StoreError(
                f"this process was forked inside a transaction on {path}, which is its parent's; "
                f"fork outside of transactions"
            )
        # Transactions begin where we say so. One thread uses the connection, others may close it.
        connection = sqlite3.connect(
            path, timeout=timeout, isolation_level=None, check_same_thread=False
        )
        self.connection = connection  # at once, so that a fork finds it
        try:
            prepare(connection, self.file)
        except BaseException:
            self.close()
            raise
        return connection


refused: set[Path] = set()  # files that this process must not open
