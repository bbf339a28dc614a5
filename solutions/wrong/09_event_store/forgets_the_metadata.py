"""Your append forgets what should travel with its events.

Who did it, and why, is not part of the event, and is kept beside it. Which argument of `append` have
you not used yet?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, None)
            return Appended(version, self.last_position())
