"""Your store leaves the version to the UNIQUE constraint, and lets its error through.

The constraint does refuse a version that is there already. But the caller waits for one kind of error,
whatever the database is called, and wants to know both versions. And which version would the
constraint let in that nobody has seen?
"""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", [_APPENDING])
            version = expected_version
            if version is None:
                version = self._version_of(stream)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
