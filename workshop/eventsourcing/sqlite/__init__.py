"""An event store in one SQLite file."""

from .store import SqliteEventStore

__all__ = ["SqliteEventStore"]
