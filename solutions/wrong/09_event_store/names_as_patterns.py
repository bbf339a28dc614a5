"""Your read takes a stream's name for a pattern.

For `LIKE`, an underscore stands for any character, and capitals do not matter. Which operator of SQL
compares character by character?
"""


class SqliteEventStore:
    def read(self, stream, *, after=0):
        return self._select(
            "WHERE stream LIKE ? AND version > ? ORDER BY position", [stream, after]
        )
