"""Your append checks in one transaction, and inserts in another.

When the first one has ended, the next writer in the queue has its turn. What it wrote is there when
your second one begins, and nobody looks. How many transactions are "one atomic check-and-append"?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
        with self.transaction():
            version = self._version_of(stream)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
