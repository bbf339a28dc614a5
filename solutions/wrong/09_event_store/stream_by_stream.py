"""Your followers get one stream after the other.

The repair was scheduled on one board before the report came to another. In which order did it
happen, and what of a row tells that?
"""


class SqliteEventStore:
    def read_all(self, *, after=0, types=(), limit=None):
        names = [name for kind in types for name in self._codec.names_of(kind)]
        chosen = f"AND name IN ({', '.join('?' * len(names))})" if names else ""
        return self._select(
            f"WHERE position > ? {chosen} ORDER BY stream, version LIMIT ?",
            [after, *names, -1 if limit is None else limit],
        )
