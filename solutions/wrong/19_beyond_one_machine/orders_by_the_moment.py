"""Your `read_all` goes by the moment of recording instead of by the position.

Events of one moment then come in some other order, and a follower keeps a position. Which of the two
numbers did the store give out one at a time?
"""


class PostgresEventStore:
    def read_all(self, *, after=0, types=(), limit=None):
        names = [name for kind in types for name in self._codec.names_of(kind)]
        chosen = "AND name = ANY(%s)" if names else ""
        wanted = [names] if names else []
        return self._select(
            f"WHERE position > %s {chosen} ORDER BY recorded_at, stream, version LIMIT %s",
            [after, *wanted, limit],
        )
