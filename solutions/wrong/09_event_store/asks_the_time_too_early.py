"""Your append asks for the time before it is its turn to write.

While it waits, another writer records something at a later moment. Then the log goes back in time.
From which line on does nobody else write?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        moment = self._now()
        with self.transaction():
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
