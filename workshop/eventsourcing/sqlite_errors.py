"""What SQLite's errors mean to whoever runs the store, and what mends them."""

import sqlite3
from pathlib import Path

from workshop.eventsourcing.errors import StoreError

__all__ = ["explain"]


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    """Say in one sentence what is wrong with the file, and what to do."""
    code = getattr(error, "sqlite_errorcode", 0)
    match code & 0xFF:  # the rest of an extended code says which kind of the same problem it is
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            problem = "is locked by another process; let that finish, or raise busy_timeout"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            problem = "is read-only, or its folder is; make both writable"
        case sqlite3.SQLITE_FULL:
            problem = "cannot grow: its disk is full; free some space and try again"
        case sqlite3.SQLITE_IOERR:
            problem = (
                f"cannot be read or written ({_name(error)}): its disk is full, over quota or "
                f"failing; free some space and try again"
            )
        case sqlite3.SQLITE_CORRUPT:
            problem = "is damaged; keep a copy, then restore a backup or use sqlite3's .recover"
        case sqlite3.SQLITE_NOTADB:
            problem = "is not an SQLite database, or its first page is damaged; choose another file"
        case sqlite3.SQLITE_CANTOPEN:
            problem = _why_not_opened(path)
        case _:
            problem = f"cannot be used: {error} ({_name(error)})"
    return StoreError(f"{path} {problem}")


def _name(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", type(error).__name__)


def _why_not_opened(path: Path) -> str:
    if path.is_dir():
        return "is a folder; name a file in it"
    if not path.parent.is_dir():
        return f"cannot be created: there is no folder {path.parent}; create it first"
    return "cannot be opened; make the file and its folder readable and writable"
