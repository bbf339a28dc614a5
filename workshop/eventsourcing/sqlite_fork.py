"""What a fork does to SQLite, and how the store survives it.

SQLite notes in memory which locks its process holds. A forked child inherits the notes, but not
the locks. If it uses, closes or even opens a connection to a file that was open at the fork, it
can lose what others commit. So every connection is closed before the fork, and parent and child
each open a new one when they next need it.

A connection inside a transaction cannot be closed without losing the transaction. It stays the
parent's, whose transaction goes on unharmed, and the child is refused the file.
"""

import os
import sqlite3
import sys

from workshop.eventsourcing.sqlite_file import left_to_the_parent
from workshop.eventsourcing.sqlite_session import Session, all_sessions, all_sessions_lock

__all__ = ["survive_forks"]

_PATIENCE = 1.0
"""Seconds that a fork waits for another thread's statement or transaction to end."""

_locked: list[Session] = []
_inside: list[Session] = []


def survive_forks() -> None:
    """Close connections before each fork of this process, where the platform can fork."""
    if sys.platform != "win32":
        os.register_at_fork(
            before=_close_all, after_in_parent=_unlock, after_in_child=_leave_to_the_parent
        )


def _close_all() -> None:
    all_sessions_lock.acquire()
    for session in list(all_sessions):
        idle = session.lock.acquire(timeout=_PATIENCE)
        if idle:
            _locked.append(session)
        if idle and session.depth == 0:
            session.close()
        else:
            _inside.append(session)


def _unlock() -> None:
    for session in _locked:
        session.lock.release()
    _locked.clear()
    _inside.clear()
    all_sessions_lock.release()


def _leave_to_the_parent() -> None:
    for session in _inside:
        left_to_the_parent.add(session.file.path)
        _never_finalise(session.detach())
    _unlock()


def _never_finalise(connection: sqlite3.Connection | None) -> None:
    """Take one reference too many: else the child's exit would close, and so roll back."""
    import ctypes  # here, since it takes 10 ms to import and is hardly ever needed

    ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))
