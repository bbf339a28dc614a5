"""Your read begins with the version that the reader has already.

`after=1` says that version 1 was read. With which version does the rest begin?
"""


class SqliteEventStore:
    def read(self, stream, *, after=0):
        return self._select(
            "WHERE stream = ? AND version >= ? ORDER BY version", [stream, after]
        )
