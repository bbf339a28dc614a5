"""Your `append` locks the table for everybody, so readers wait for writers.

`ACCESS EXCLUSIVE` is the strongest lock of all, and the one that you get if you name none. A reader
sees what is committed, and needs to wait for nobody. Whom has your lock to keep out?
"""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            self._connection.execute("LOCK TABLE events")
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
