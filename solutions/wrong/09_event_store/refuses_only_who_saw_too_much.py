"""Your append lets a writer in who has missed what others wrote.

Ben saw one event, and there are two by now. What he decided may be wrong. Compare the two numbers for
him: which is greater?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            version = self._version_of(stream)
            if expected_version is not None and expected_version > version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
