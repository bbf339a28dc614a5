"""Your `append` asks for the moment before it has the lock, so a log goes back in time.

While it waits, others record events, and theirs come first. `_now` looks at the last event that there
is. Which one is the last when your turn comes?
"""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            moment = self._now()
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", [_APPENDING])
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
