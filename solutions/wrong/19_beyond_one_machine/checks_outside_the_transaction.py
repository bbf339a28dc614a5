"""Your `append` checks the version before its transaction begins, and so before the lock.

What was true when you asked need not be true when you write. Which statements have to stand behind
the lock, so that nobody can come in between?
"""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        seen = self._version_of(stream)
        if expected_version is not None and expected_version != seen:
            raise ConcurrencyError(stream, expected_version, seen)
        with self.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", [_APPENDING])
            version = self._version_of(stream)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
