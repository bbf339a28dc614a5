"""Your append does not check the version if there are no events.

Somebody asks with an empty list whether the board is still the one that was loaded. What does your
answer say, and what is true?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        if not events:
            return Appended(self._version_of(stream), self.last_position())
        with self.transaction():
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
