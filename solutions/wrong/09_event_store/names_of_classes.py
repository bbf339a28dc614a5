"""Your read_all looks for the name of the class, and the store does not know it.

The column `name` has the stored name, such as `work-item-scheduled`. Who knows which stored names a
class has?
"""


class SqliteEventStore:
    def read_all(self, *, after=0, types=(), limit=None):
        names = [kind.__name__ for kind in types]
        chosen = f"AND name IN ({', '.join('?' * len(names))})" if names else ""
        return self._select(
            f"WHERE position > ? {chosen} ORDER BY position LIMIT ?",
            [after, *names, -1 if limit is None else limit],
        )
