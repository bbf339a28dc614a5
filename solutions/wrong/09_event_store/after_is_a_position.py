"""Your `read` takes `after` for a position, and it is a version.

Who reads a stream counts its own events: 1, 2, 3. What other boards do in between moves the positions.
Which column of the table counts within a stream?
"""


class SqliteEventStore:
    def read(self, stream, *, after=0):
        return self._select(
            "WHERE stream = ? AND position > ? ORDER BY version", [stream, after]
        )
