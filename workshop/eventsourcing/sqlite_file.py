"""An SQLite file, and how the store opens it."""

import sqlite3
from pathlib import Path

from workshop.eventsourcing.errors import StoreError
from workshop.eventsourcing.sqlite_errors import explain
from workshop.eventsourcing.sqlite_schema import prepare

__all__ = ["SqliteFile", "left_to_the_parent"]

left_to_the_parent: set[Path] = set()
"""Files that this process must not open: see `sqlite_fork`."""


class SqliteFile:
    """A file with the options it is opened with; once `closed`, it is not opened again."""

    def __init__(self, path: Path, *, synchronous: str, busy_timeout: float) -> None:
        self.path = path.resolve()  # whatever the current folder becomes
        self.closed = False
        self._synchronous = synchronous
        self._busy_timeout = busy_timeout

    def check_usable(self) -> None:
        """Raise `StoreError` if the store is closed, or the file another process's."""
        if self.closed:
            raise StoreError(f"the store {self.path} is closed; open it again")
        if self.path in left_to_the_parent:
            raise StoreError(
                f"this process was forked inside a transaction on {self.path}, which stays its "
                f"parent's; fork outside of transactions"
            )

    def connect(self) -> sqlite3.Connection:
        """Open a connection, and create the tables if the file is new.

        Raises:
            StoreError: The file cannot be used; the message says why, and what to do.
        """
        self.check_usable()
        try:
            connection = sqlite3.connect(
                self.path,
                timeout=self._busy_timeout,
                isolation_level=None,  # transactions begin where we say so
                check_same_thread=False,  # used by one thread, but closed by others too
            )
            try:
                prepare(connection, self.path, self._busy_timeout)
                connection.execute(f"PRAGMA synchronous = {self._synchronous}")
                # REPLACE deletes; with this, it meets the trigger that refuses to.
                connection.execute("PRAGMA recursive_triggers = ON")
            except BaseException:
                connection.close()
                raise
        except sqlite3.Error as error:
            raise explain(error, self.path) from error
        return connection
