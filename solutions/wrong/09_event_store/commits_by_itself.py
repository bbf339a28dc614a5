"""Your append commits, and then the transaction around it has nothing left to end.

`transaction()` commits when its block has ended, and undoes everything after an error. What is left
for you to commit?
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
                self._insert(stream, version, moment, event, metadata)
            self._connection.commit()
            return Appended(version, self.last_position())
