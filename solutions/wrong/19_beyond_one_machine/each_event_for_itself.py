"""Your `append` has no transaction, so each statement is one of its own.

A lock that ends with the transaction then ends at once, and events that were written before an error
stay. What has to be kept or undone together?
"""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        self._connection.execute("SELECT pg_advisory_xact_lock(%s)", [_APPENDING])
        version = self._version_of(stream)
        if expected_version is not None and expected_version != version:
            raise ConcurrencyError(stream, expected_version, version)
        moment = self._now()
        for event in events:
            version += 1
            self._insert(stream, version, moment, event, metadata)
        return Appended(version, self.last_position())
