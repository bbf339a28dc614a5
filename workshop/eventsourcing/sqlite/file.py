"""An SQLite file: its tables, the check that it is ours, and what SQLite's errors mean."""

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from ..errors import StoreError

__all__ = ["SqliteFile", "explain", "prepare"]

_APPLICATION_ID = 0x65767473  # "evts": SQLite keeps it in the file's header, as it does the version
_SCHEMA_VERSION = 1

_IDENTITY = """SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
    FROM pragma_application_id, pragma_user_version"""
# Another process may do the same at the same time: the second one finds everything there.
_CREATE = f"""
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS events (
        position    INTEGER PRIMARY KEY,  -- never reused, since nothing is deleted
        stream      TEXT    NOT NULL,
        version     INTEGER NOT NULL,
        recorded_at INTEGER NOT NULL,     -- microseconds since 1970, UTC
        name        TEXT    NOT NULL,
        schema      INTEGER NOT NULL,
        data        TEXT    NOT NULL,     -- JSON
        metadata    TEXT    NOT NULL,     -- JSON
        UNIQUE (stream, version)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS events_by_name ON events (name, position);
    CREATE TRIGGER IF NOT EXISTS events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only: record a new event instead'); END;
    CREATE TRIGGER IF NOT EXISTS events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only: record a new event instead'); END;
    CREATE TABLE IF NOT EXISTS checkpoints (name TEXT PRIMARY KEY, position INT NOT NULL) STRICT;
    PRAGMA application_id = {_APPLICATION_ID};
    PRAGMA user_version = {_SCHEMA_VERSION};
    COMMIT;
"""

_PROBLEMS = {
    sqlite3.SQLITE_BUSY: "is locked by another transaction; let that finish, or raise busy_timeout",
    sqlite3.SQLITE_READONLY: "is read-only, or its folder is; make both writable",
    sqlite3.SQLITE_FULL: "cannot grow: its disk is full; free some space and try again",
    sqlite3.SQLITE_IOERR: "cannot be read or written; see that its disk is not full or failing",
    sqlite3.SQLITE_CORRUPT: "is damaged; keep a copy, and restore a backup or try .recover",
    sqlite3.SQLITE_NOTADB: "is not an SQLite database, or is damaged; choose another file",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; name a file, not a folder; its folder must "
    "exist, and both be readable and writable",
}


@dataclass
class SqliteFile:
    """A file, and how it is opened; once `closed`, it is not opened again."""

    path: Path
    synchronous: str
    busy_timeout: float
    closed: bool = False


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    """Say in one sentence what is wrong with the file, and what to do."""
    # The rest of an extended code says which kind of the same problem it is.
    problem = _PROBLEMS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "cannot be used")
    return StoreError(f"{path} {problem} ({getattr(error, 'sqlite_errorname', 'SQLite')}: {error})")


def prepare(connection: sqlite3.Connection, file: SqliteFile) -> None:
    """Create the tables in a new file, or make sure that the file is ours, before it is touched.

    Raises:
        StoreError: The file is another application's or a newer version's.
        sqlite3.Error: The file cannot be read or written.
    """
    application, version, tables = connection.execute(_IDENTITY).fetchone()
    new = (application, version, tables) == (0, 0, 0)
    if not new and application != _APPLICATION_ID:
        raise StoreError(f"{file.path} belongs to another application; choose another file")
    if version > _SCHEMA_VERSION:
        raise StoreError(
            f"{file.path} was written by newer software (schema {version}, this one knows "
            f"{_SCHEMA_VERSION}); update the software, or choose another file"
        )
    deadline = time.monotonic() + file.busy_timeout
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:  # at once, where SQLite fears a deadlock
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.001)
    if new:
        connection.executescript(_CREATE)
    connection.execute(f"PRAGMA synchronous = {file.synchronous}")
    connection.execute("PRAGMA recursive_triggers = ON")  # REPLACE deletes: let it meet the trigger
