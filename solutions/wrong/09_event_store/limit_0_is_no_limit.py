"""Your read_all gives everything to somebody who asks for 0 events.

0 is false in Python, as `None` is. Which one of the two says that there is no limit?
"""


class SqliteEventStore:
    def read_all(self, *, after=0, types=(), limit=None):
        names = [name for kind in types for name in self._codec.names_of(kind)]
        chosen = f"AND name IN ({', '.join('?' * len(names))})" if names else ""
        return self._select(
            f"WHERE position > ? {chosen} ORDER BY position LIMIT ?",
            [after, *names, limit or -1],
        )
