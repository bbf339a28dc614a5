"""Connections to an SQLite file: one for each thread, and none that crosses a fork."""

import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from workshop.eventsourcing.errors import StoreError
from workshop.eventsourcing.sqlite_errors import explain
from workshop.eventsourcing.sqlite_schema import prepare

__all__ = ["DatabaseFile", "Session", "refused", "sessions", "sessions_lock"]

sessions: "weakref.WeakSet[Session]" = weakref.WeakSet()
"""Every session of this process; a session ends with its thread."""

sessions_lock = threading.Lock()

refused: set[Path] = set()
"""Files that this process must not open: see `sqlite_fork`."""

# A deferred BEGIN would fail at its first write if somebody else had written meanwhile.
_WHOLE = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_PART = ("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part"))


class DatabaseFile:
    """An SQLite file, and the sessions that threads of this process have with it."""

    def __init__(self, path: Path, *, synchronous: str, busy_timeout: float) -> None:
        self.path = path.resolve()  # whatever the current folder becomes
        self._synchronous = synchronous
        self._busy_timeout = busy_timeout
        self._local = threading.local()
        self._closed = False

    def session(self) -> "Session":
        """Give the calling thread's session."""
        try:
            session: Session = self._local.session
        except AttributeError:
            session = self._local.session = Session(self)
            with sessions_lock:
                sessions.add(session)
        return session

    def connect(self) -> sqlite3.Connection:
        """Open a connection, and create the tables if the file is new."""
        if self._closed:
            raise StoreError(f"the store {self.path} is closed; open it again")
        if self.path in refused:
            raise StoreError(
                f"this process was forked inside a transaction on {self.path}, which is its "
                f"parent's; fork outside of transactions"
            )
        try:
            connection = sqlite3.connect(
                self.path,
                timeout=self._busy_timeout,
                isolation_level=None,  # transactions begin where we say so
                check_same_thread=False,  # used by one thread, but closed by another too
            )
            try:
                prepare(connection, self.path)
                connection.execute(f"PRAGMA synchronous = {self._synchronous}")
                # REPLACE deletes; with this, it meets the trigger that refuses to.
                connection.execute("PRAGMA recursive_triggers = ON")
            except BaseException:
                connection.close()
                raise
        except sqlite3.Error as error:
            raise explain(error, self.path) from error
        return connection

    def close(self) -> None:
        """Close every thread's connection, once the transactions of other threads have ended."""
        self._closed = True
        with sessions_lock:
            ours = [session for session in sessions if session.file is self]
        for session in ours:
            with session.lock:
                session.close()


class Session:
    """One thread's use of the file; `depth` says how many transactions it is inside."""

    def __init__(self, file: DatabaseFile) -> None:
        self.file = file
        self.lock = threading.RLock()  # held while in use, so that nobody closes it meanwhile
        self.depth = 0
        self._connection: sqlite3.Connection | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, opened when it is first needed."""
        if self._connection is None:
            self._connection = self.file.connect()
        return self._connection

    def fetch(
        self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()
    ) -> list[Any]:
        """Run a statement to its end, so that nothing stays open, and give its rows."""
        with self.lock:
            try:
                return self.connection.execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                raise explain(error, self.file.path) from error

    def insert(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each row."""
        with self.lock:
            try:
                self.connection.executemany(sql, rows)
            except sqlite3.Error as error:
                raise explain(error, self.file.path) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what is done inside, or undo it after an error; within another, as a part."""
        with self.lock:
            if self.depth:
                self.check_inside()
                begin, commit, undo = _PART
            else:
                begin, commit, undo = _WHOLE
            self.fetch(begin)
            self.depth += 1
            try:
                yield
                self.check_inside()
                self.fetch(commit)
            except BaseException:
                if self._is_inside():  # after some errors SQLite has rolled back by itself
                    for statement in undo:
                        self.fetch(statement)
                raise
            finally:
                self.depth -= 1

    def check_inside(self) -> None:
        """Make sure that a transaction is open, and was not ended behind our back."""
        if self.depth == 0:
            raise StoreError("this works inside `with store.transaction():` only")
        if not self._is_inside():
            raise StoreError(
                f"the transaction on {self.file.path} was ended before its block was left: by an "
                f"error, by close() or by a commit or rollback on the connection"
            )

    def detach(self) -> sqlite3.Connection | None:
        """Forget the connection without closing it."""
        connection, self._connection = self._connection, None
        return connection

    def close(self) -> None:
        """Close the connection; the next use opens another, unless the file is closed."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    __del__ = close

    def _is_inside(self) -> bool:
        return self._connection is not None and self._connection.in_transaction
