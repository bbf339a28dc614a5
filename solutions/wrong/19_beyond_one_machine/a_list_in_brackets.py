"""Your `read_all` writes `IN %s`, and PostgreSQL cannot read what comes of it.

psycopg sends each value to the server beside the statement, and does not put it into the text. A list
arrives there as one value, an array. How do you ask whether a name is among the values of an array?
"""


class PostgresEventStore:
    def read_all(self, *, after=0, types=(), limit=None):
        names = tuple(name for kind in types for name in self._codec.names_of(kind))
        chosen = "AND name IN %s" if names else ""
        wanted = [names] if names else []
        return self._select(
            f"WHERE position > %s {chosen} ORDER BY position LIMIT %s",
            [after, *wanted, limit],
        )
