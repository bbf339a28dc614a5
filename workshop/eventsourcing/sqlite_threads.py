"""One connection to an SQLite file for each thread, and none that crosses a fork.

SQLite notes in memory which locks its process holds. A forked child inherits the notes, but not
the locks. If it uses, closes or even opens a connection to a file that was open at the fork, it
can lose what others commit. So every connection is closed before the fork, and parent and child
each open a new one when they next need it.

A connection inside a transaction cannot be closed without losing the transaction. It stays the
parent's, whose transaction goes on unharmed, and the child is refused the file.
"""

import ctypes
import os
import sys
import threading
from contextlib import ExitStack

from .sqlite_connection import Session, all_sessions, refused, registry
from .sqlite_file import SqliteFile

__all__ = ["Threads"]


class Threads(threading.local):
    """Gives each thread a session of its own."""

    def __init__(self, file: SqliteFile) -> None:
        self.session = Session(file)


_fork = ExitStack()  # what is locked during a fork


def _close_all() -> None:
    _fork.enter_context(registry)
    for session in list(all_sessions):
        if session.lock.acquire(timeout=1.0):  # seconds for other threads to finish
            _fork.callback(session.lock.release)
            if not session.depth:
                session.close()


def _leave_to_the_parent() -> None:
    for session in list(all_sessions):
        if session.connection is not None:  # in use, so that it could not be closed
            refused.add(session.file.path)
            # One reference too many: else the child's exit would close, and so roll back.
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(session.connection))
            session.connection = None
            all_sessions.discard(session)  # its thread may be gone, and the lock with it
    _fork.close()


if sys.platform != "win32":
    os.register_at_fork(
        before=_close_all, after_in_parent=_fork.close, after_in_child=_leave_to_the_parent
    )
