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
from weakref import WeakSet

from .file import SqliteFile
from .session import Session, refused

__all__ = ["Threads"]


class Threads(threading.local):
    """Gives each thread a session of its own."""

    def __init__(self, file: SqliteFile) -> None:
        self.session = Session(file)
        with _registry:
            _all_sessions.add(self.session)

    def close(self) -> None:
        """Close the sessions of all threads, each once its transaction has ended."""
        file = self.session.file
        file.closed = True
        with _registry:
            ours = [session for session in _all_sessions if session.file is file]
        for session in ours:
            with session.lock:
                session.close()


_all_sessions: WeakSet[Session] = WeakSet()  # of this process
_registry = threading.Lock()  # held to add to them, or to go through them
_fork = ExitStack()  # what is locked during a fork


def _close_all() -> None:
    _fork.enter_context(_registry)
    for session in list(_all_sessions):
        if session.lock.acquire(timeout=1.0):  # seconds for other threads to finish
            _fork.callback(session.lock.release)
            if not session.depth:
                session.close()


def _leave_to_the_parent() -> None:
    for session in list(_all_sessions):
        if session.connection is not None:  # in use, so that it could not be closed
            refused.add(session.file.path)
            # One reference too many: else the child's exit would close, and so roll back.
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(session.connection))
            session.connection = None
            _all_sessions.discard(session)  # its thread may be gone, and the lock with it
    _fork.close()


if sys.platform != "win32":
    os.register_at_fork(
        before=_close_all,
        after_in_parent=lambda: _fork.pop_all().close(),  # taken first: the next fork fills it
        after_in_child=_leave_to_the_parent,
    )
