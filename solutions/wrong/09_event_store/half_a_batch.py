"""Your append stores some of the events when it fails on a later one.

Without a transaction, each row is kept as soon as it is written. `with self._connection:` begins
none either: on this connection it only ends one. What does the store have instead, among the
methods that are written for you?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self._connection:
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
