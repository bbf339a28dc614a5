"""You read rows without saying in which order.

SQLite may give them in any order then, and a board that is replayed from it is another board. Which two
columns say what came first: in a stream, and in the whole store?
"""


class SqliteEventStore:
    def read(self, stream, *, after=0):
        return self._select("WHERE stream = ? AND version > ?", [stream, after])

    def read_all(self, *, after=0, types=(), limit=None):
        names = [name for kind in types for name in self._codec.names_of(kind)]
        chosen = f"AND name IN ({', '.join('?' * len(names))})" if names else ""
        return self._select(
            f"WHERE position > ? {chosen} LIMIT ?",
            [after, *names, -1 if limit is None else limit],
        )
