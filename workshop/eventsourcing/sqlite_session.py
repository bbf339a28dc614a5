"""One thread's use of an SQLite file: statements, transactions, and errors in our words."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from weakref import WeakSet

from workshop.eventsourcing.errors import StoreError
from workshop.eventsourcing.sqlite_errors import explain
from workshop.eventsourcing.sqlite_file import SqliteFile

__all__ = ["Session", "Sessions", "all_sessions", "all_sessions_lock"]

# A deferred BEGIN would fail at its first write if somebody else had written meanwhile.
_WHOLE = ("BEGIN IMMEDIATE", "COMMIT", ["ROLLBACK"])
_PART = ("SAVEPOINT part", "RELEASE part", ["ROLLBACK TO part", "RELEASE part"])


class Session:
    """A connection for one thread, opened when it is first needed.

    Attributes:
        file: The file.
        lock: Held while the session is used, so that nobody closes it meanwhile.
        depth: How many transactions are open, one within the other.
    """

    def __init__(self, file: SqliteFile) -> None:
        self.file = file
        self.lock = threading.RLock()
        self.depth = 0
        self._connection: sqlite3.Connection | None = None
        with all_sessions_lock:
            all_sessions.add(self)

    def connect(self) -> sqlite3.Connection:
        """Give the connection; opened anew if it was closed, as it is before a fork."""
        if self._connection is None:
            self._connection = self.file.connect()
        return self._connection

    def fetch(
        self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()
    ) -> list[Any]:
        """Run a statement to its end, so that nothing stays open, and give its rows."""
        with self.lock:
            try:
                return self.connect().execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                raise explain(error, self.file.path) from error

    def insert(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each row."""
        with self.lock:
            try:
                self.connect().executemany(sql, rows)
            except sqlite3.Error as error:
                raise explain(error, self.file.path) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what is done inside, or undo it after an error; within another, as a part."""
        with self.lock:
            if self.depth:
                self.check_inside()
            begin, commit, undo = _PART if self.depth else _WHOLE
            self.depth += 1
            try:
                self.fetch(begin)  # in here, since Ctrl-C may come while it waits for others
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
            self.file.check_usable()
            raise StoreError(
                f"the transaction on {self.file.path} was ended before its block was left, by an "
                f"error or by a commit or rollback on the connection; leave the block, and do it "
                f"all again"
            )

    def close(self) -> None:
        """Close the connection."""
        connection = self.detach()
        if connection is not None:
            connection.close()

    __del__ = close

    def detach(self) -> sqlite3.Connection | None:
        """Give up the connection without closing it."""
        connection, self._connection = self._connection, None
        return connection

    def _is_inside(self) -> bool:
        return self._connection is not None and self._connection.in_transaction


all_sessions: WeakSet[Session] = WeakSet()
"""Every session of this process; a session ends with its thread."""

all_sessions_lock = threading.Lock()


class Sessions:
    """The sessions with one file, one for each thread."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file
        self._local = threading.local()

    def current(self) -> Session:
        """Give the calling thread's session."""
        try:
            session: Session = self._local.session
        except AttributeError:
            session = self._local.session = Session(self._file)
        return session

    def close(self) -> None:
        """Close all connections for good, once the transactions of other threads have ended."""
        self._file.closed = True
        with all_sessions_lock:
            ours = [session for session in all_sessions if session.file is self._file]
        for session in ours:
            with session.lock:
                session.close()
