"""Your read goes through the whole store to find one stream.

With a hundred events of this board and a million of others, it looks at all of them, and every load
gets slower. The table has an index for `(stream, version)`. How can SQLite choose the rows, so that
Python need not?
"""


class SqliteEventStore:
    def read(self, stream, *, after=0):
        for stored in self.read_all():
            if stored.stream == stream and stored.version > after:
                yield stored
