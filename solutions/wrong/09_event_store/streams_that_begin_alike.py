"""Your read gives the events of all streams whose names begin alike.

The stream of board 12 begins with the name of board 1. Which operator of SQL compares the whole
name?
"""


class SqliteEventStore:
    def read(self, stream, *, after=0):
        return self._select(
            "WHERE stream LIKE ? AND version > ? ORDER BY position", [f"{stream}%", after]
        )
