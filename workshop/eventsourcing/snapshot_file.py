"""A file of snapshots, in SQLite; delete it whenever you like."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

__all__ = ["SnapshotFile"]


class SnapshotFile:
    """Keeps snapshots in a file of its own, apart from the events.

    It is opened for each use: any thread and process may do so, and nothing has to be closed.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = path

    def get(self, key: str, /) -> bytes | None:
        """What is kept for the key, if anything."""
        with self._open() as connection:
            query = "SELECT value FROM snapshots WHERE key = ?"
            row: tuple[bytes] | None = connection.execute(query, [key]).fetchone()
        return row[0] if row else None

    def __setitem__(self, key: str, value: bytes, /) -> None:
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO snapshots VALUES (?, ?)", [key, value])

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path)) as connection, connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS snapshots (key TEXT PRIMARY KEY, value BLOB NOT NULL)"
            )
            yield connection
