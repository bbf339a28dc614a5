"""Your `read_all` begins with the event that the follower has read already.

`after` is a position that was reached. Is the event at that position news?
"""


class PostgresEventStore:
    def read_all(self, *, after=0, types=(), limit=None):
        names = [name for kind in types for name in self._codec.names_of(kind)]
        chosen = "AND name = ANY(%s)" if names else ""
        wanted = [names] if names else []
        return self._select(
            f"WHERE position >= %s {chosen} ORDER BY position LIMIT %s",
            [after, *wanted, limit],
        )
