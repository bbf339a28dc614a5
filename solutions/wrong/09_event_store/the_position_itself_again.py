"""Your followers get the last event that they know once more.

`after=7` says that position 7 was read. A follower that counts would count it twice. With which
position does the rest begin?
"""


class SqliteEventStore:
    def read_all(self, *, after=0, types=(), limit=None):
        names = [name for kind in types for name in self._codec.names_of(kind)]
        chosen = f"AND name IN ({', '.join('?' * len(names))})" if names else ""
        return self._select(
            f"WHERE position >= ? {chosen} ORDER BY position LIMIT ?",
            [after, *names, -1 if limit is None else limit],
        )
