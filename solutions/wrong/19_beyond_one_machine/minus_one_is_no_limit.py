"""Your `read_all` asks for a limit of -1, which only SQLite takes for none.

PostgreSQL refuses a negative limit. What does it take for "all", and what does psycopg make of
`None`?
"""


class PostgresEventStore:
    def read_all(self, *, after=0, types=(), limit=None):
        names = [name for kind in types for name in self._codec.names_of(kind)]
        chosen = "AND name = ANY(%s)" if names else ""
        wanted = [names] if names else []
        return self._select(
            f"WHERE position > %s {chosen} ORDER BY position LIMIT %s",
            [after, *wanted, -1 if limit is None else limit],
        )
