"""Your read_all gives old events again if two types are asked for.

In SQL, AND binds more tightly than OR, as in Python. To which of your conditions does the position
belong, and to which should it?
"""


class SqliteEventStore:
    def read_all(self, *, after=0, types=(), limit=None):
        names = [name for kind in types for name in self._codec.names_of(kind)]
        chosen = "AND " + " OR ".join(["name = ?"] * len(names)) if names else ""
        return self._select(
            f"WHERE position > ? {chosen} ORDER BY position LIMIT ?",
            [after, *names, -1 if limit is None else limit],
        )
