"""Your append asks for the time again for each event.

The events of one call happened together. If somebody asks for the board as it was at a moment in
between, half of them are missing. How often is the time asked for in one call?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            for event in events:
                version += 1
                self._insert(stream, version, self._now(), event, metadata)
            return Appended(version, self.last_position())
