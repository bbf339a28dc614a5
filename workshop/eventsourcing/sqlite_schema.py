"""The tables of the SQLite store, and the check that a file is one of ours."""

import sqlite3
import time
from pathlib import Path

from workshop.eventsourcing.errors import StoreError

__all__ = ["APPLICATION_ID", "SCHEMA_VERSION", "prepare"]

APPLICATION_ID = 0x65767473  # "evts": SQLite keeps it in the file's header, as it does the version
SCHEMA_VERSION = 1

_SCHEMA = (
    """
    CREATE TABLE events (
        position    INTEGER PRIMARY KEY,  -- never reused, since nothing is deleted
        stream      TEXT    NOT NULL,
        version     INTEGER NOT NULL,
        recorded_at INTEGER NOT NULL,     -- microseconds since 1970, UTC
        name        TEXT    NOT NULL,
        schema      INTEGER NOT NULL,
        data        TEXT    NOT NULL,     -- JSON
        metadata    TEXT    NOT NULL,     -- JSON
        UNIQUE (stream, version)
    ) STRICT
    """,
    "CREATE INDEX events_by_name ON events (name, position)",
    """
    CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only: record a new event instead'); END
    """,
    """
    CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only: record a new event instead'); END
    """,
    """
    CREATE TABLE checkpoints (
        name     TEXT    PRIMARY KEY,
        position INTEGER NOT NULL
    ) STRICT
    """,
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {SCHEMA_VERSION}",
)

_IDENTITY = """
    SELECT (SELECT application_id FROM pragma_application_id),
           (SELECT user_version FROM pragma_user_version),
           (SELECT count(*) FROM sqlite_schema)
"""


def prepare(connection: sqlite3.Connection, path: Path, patience: float) -> None:
    """Create the tables in a new file, or make sure that the file is ours, before it is touched.

    Args:
        connection: A connection outside of any transaction.
        path: The file, for messages.
        patience: So many seconds this waits for other processes.

    Raises:
        StoreError: The file is another application's or a newer version's, or SQLite is too old.
        sqlite3.Error: The file cannot be read or written.
    """
    if sqlite3.sqlite_version_info < (3, 37):
        raise StoreError(
            f"this Python brings SQLite {sqlite3.sqlite_version}, but the store needs 3.37 "
            f"or newer; use a newer Python"
        )
    new = _is_new(connection, path)
    _use_write_ahead_log(connection, patience)
    if new:
        connection.execute("BEGIN IMMEDIATE")
        if _is_new(connection, path):  # nobody else was faster
            for statement in _SCHEMA:
                connection.execute(statement)
        connection.execute("COMMIT")


def _use_write_ahead_log(connection: sqlite3.Connection, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:  # at once, where SQLite fears a deadlock
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.001)
        else:
            return


def _is_new(connection: sqlite3.Connection, path: Path) -> bool:
    application, version, tables = connection.execute(_IDENTITY).fetchone()
    if (application, version, tables) == (0, 0, 0):
        return True
    if application != APPLICATION_ID:
        raise StoreError(f"{path} belongs to another application; choose another file")
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path} was written by a newer version of this software (schema {version}, this one "
            f"knows {SCHEMA_VERSION}); update the software, or choose another file"
        )
    return False
