"""Your followers get the events in another order than that of their positions.

Two events can have the same time: those of one call always have. And a version counts in its own
stream only. What else of a row only rises, and never repeats?
"""


class SqliteEventStore:
    def read_all(self, *, after=0, types=(), limit=None):
        names = [name for kind in types for name in self._codec.names_of(kind)]
        chosen = f"AND name IN ({', '.join('?' * len(names))})" if names else ""
        return self._select(
            f"WHERE position > ? {chosen} ORDER BY recorded_at, version LIMIT ?",
            [after, *names, -1 if limit is None else limit],
        )
