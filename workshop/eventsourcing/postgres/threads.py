"""Sessions: one for each thread, and none whose connection crosses a fork.

A forked child shares the parent's sockets. If it spoke on one, or took leave of the server, the
parent's conversation would be spoilt; and as long as it only holds it, the server does not notice
that the parent has died. So the child lets go of every socket, without a word, and opens its own.
"""

import os
import sys
import threading
from weakref import WeakSet

from .database import Database
from .session import Session

__all__ = ["Threads"]


class Threads(threading.local):
    """Gives each thread a session of its own."""

    def __init__(self, database: Database) -> None:
        self.session = Session(database)
        with _registry:
            _all_sessions.add(self.session)

    def close(self) -> None:
        """Close the sessions of all threads, each once its transaction has ended."""
        database = self.session.database
        database.closed = True
        with _registry:
            ours = [session for session in _all_sessions if session.database is database]
        for session in ours:
            with session.lock:
                session.close()


_all_sessions: WeakSet[Session] = WeakSet()  # of this process
_registry = threading.RLock()  # held to add to them, or to go through them


def _leave_all_to_the_parent() -> None:
    for session in list(_all_sessions):
        session.leave_to_the_parent()
    _registry.release()


if sys.platform != "win32":
    os.register_at_fork(
        before=_registry.acquire,
        after_in_parent=_registry.release,
        after_in_child=_leave_all_to_the_parent,
    )
