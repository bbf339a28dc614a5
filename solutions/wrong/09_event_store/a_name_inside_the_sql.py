"""Your read writes the stream's name into the text of the query.

A name with an apostrophe ends the text too early, and a name from a stranger could bring commands of
its own. How does `_select` take values that are no part of the text?
"""


class SqliteEventStore:
    def read(self, stream, *, after=0):
        return self._select(
            f"WHERE stream = '{stream}' AND version > {after} ORDER BY version", []
        )
