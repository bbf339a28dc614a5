"""Your `append` does not check the version if 0 is expected.

`if expected_version` is false for `None`, and for one number too. Which of the two means "wherever the
stream is by now"?
"""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", [_APPENDING])
            version = self._version_of(stream)
            if expected_version and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
