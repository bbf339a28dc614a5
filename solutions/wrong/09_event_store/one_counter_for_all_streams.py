"""Your versions count the events of all streams.

A board is at the version that its own events made, whatever happens to other boards. Which rows of
the table may your query look at?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            [(version,)] = self._connection.execute("SELECT coalesce(max(version), 0) FROM events")
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
