"""Your `append` gives its lock back when it is done, and that may be before the commit.

It may be called inside a larger transaction, as a follower does that writes, too. Its events are
visible to others only when all of that has been committed. Until when must other writers wait?
"""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        self._connection.execute("SELECT pg_advisory_lock(%s)", [_APPENDING])
        try:
            with self.transaction():
                version = self._version_of(stream)
                if expected_version is not None and expected_version != version:
                    raise ConcurrencyError(stream, expected_version, version)
                moment = self._now()
                for event in events:
                    version += 1
                    self._insert(stream, version, moment, event, metadata)
                return Appended(version, self.last_position())
        finally:
            self._connection.execute("SELECT pg_advisory_unlock(%s)", [_APPENDING])
