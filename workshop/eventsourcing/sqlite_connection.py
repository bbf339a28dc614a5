"""Connections to SQLite files: one for each thread, and none that crosses a fork.

SQLite notes in memory which locks its process holds. A forked child inherits the notes, but not
the locks. If it uses, closes or even opens a connection to a file that was open at the fork, it
can lose what others commit. So every connection is closed before the fork, and parent and child
each open a new one when they next need it.

A connection inside a transaction cannot be closed without losing the transaction. It stays the
parent's, whose transaction goes on unharmed, and the child is refused the file.
"""

import ctypes
import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakSet

from workshop.eventsourcing.errors import StoreError
from workshop.eventsourcing.sqlite_file import SqliteFile, explain, prepare

__all__ = ["Session", "Threads", "all_sessions", "registry"]


class Session:
    """A connection for one thread, opened when it is first needed, or needed again."""

    def __init__(self, file: SqliteFile) -> None:
        self.file = file
        self.lock = threading.RLock()  # held by its user, lest somebody closes it meanwhile
        self.inside = False  # a transaction
        self.connection: sqlite3.Connection | None = None
        with registry:
            all_sessions.add(self)

    def execute(self, sql: str, parameters: Any = (), *, many: bool = False) -> list[Any]:
        """Run a statement to its end, so that nothing stays open, and give its rows."""
        with self.lock:
            try:
                connection = self.connect()
                run = connection.executemany if many else connection.execute
                return run(sql, parameters).fetchall()
            except sqlite3.Error as error:
                raise explain(error, self.file.path) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what is done inside, or undo it after an error; within another, as a part."""
        with self.lock:
            outer = self.inside
            try:
                # A deferred BEGIN would fail at its first write if another had written meanwhile.
                self.execute("SAVEPOINT part" if outer else "BEGIN IMMEDIATE")
                self.inside = True
                yield
                self.execute("RELEASE part" if outer else "COMMIT")
            except BaseException:
                # After some errors SQLite has rolled back by itself.
                if self.connection is not None and self.connection.in_transaction:
                    self.execute("ROLLBACK TO part" if outer else "ROLLBACK")
                    if outer:
                        self.execute("RELEASE part")
                raise
            finally:
                self.inside = outer

    def connect(self) -> sqlite3.Connection:
        """Give the connection, unless the store or the transaction has come to an end."""
        connection = self.connection or self._open()
        if self.inside and not connection.in_transaction:
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
        if path in _refused:
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


class Threads(threading.local):
    """Gives each thread a session of its own."""

    def __init__(self, file: SqliteFile) -> None:
        self.session = Session(file)


all_sessions: WeakSet[Session] = WeakSet()  # of this process
registry = threading.Lock()  # held to add to them, or to go through them

_refused: set[Path] = set()  # files that this process must not open
_fork = ExitStack()  # what is locked during a fork


def _close_all() -> None:
    _fork.enter_context(registry)
    for session in list(all_sessions):
        if session.lock.acquire(timeout=1.0):  # seconds for other threads to finish
            _fork.callback(session.lock.release)
            if not session.inside:
                session.close()


def _leave_to_the_parent() -> None:
    for session in list(all_sessions):
        if session.connection is not None:  # in use, so that it could not be closed
            _refused.add(session.file.path)
            # One reference too many: else the child's exit would close, and so roll back.
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(session.connection))
            session.connection = None
            all_sessions.discard(session)  # its thread may be gone, and the lock with it
    _fork.close()


if sys.platform != "win32":
    os.register_at_fork(
        before=_close_all, after_in_parent=_fork.close, after_in_child=_leave_to_the_parent
    )
