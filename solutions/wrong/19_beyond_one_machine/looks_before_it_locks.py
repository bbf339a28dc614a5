"""Your `append` looks up the version first, and takes the lock after it.

While it waits for the lock, the other writer is appending. What does your `append` believe about the
stream when its turn comes, and how old is that?
"""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", [_APPENDING])
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
