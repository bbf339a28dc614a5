"""Your `append` takes a lock of the session, and never gives it back.

`pg_advisory_lock` holds until somebody unlocks it, or until the connection ends; a commit does not
matter to it. Which lock does PostgreSQL release by itself, with the transaction?
"""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            self._connection.execute("SELECT pg_advisory_lock(%s)", [_APPENDING])
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
