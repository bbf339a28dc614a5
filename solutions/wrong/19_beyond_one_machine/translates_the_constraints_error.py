"""Your store takes no lock, and makes a `ConcurrencyError` of the constraint's error.

So two writers of one stream are told apart. But who expects no version is refused although nothing is
wrong, and writers of two streams do not even meet. Which of them does the constraint keep in order?
"""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        version = self._version_of(stream)
        if expected_version is not None and expected_version != version:
            raise ConcurrencyError(stream, expected_version, version)
        try:
            with self.transaction():
                moment = self._now()
                for event in events:
                    version += 1
                    self._insert(stream, version, moment, event, metadata)
                return Appended(version, self.last_position())
        except psycopg.errors.UniqueViolation:
            actual = self._version_of(stream)
            raise ConcurrencyError(stream, expected_version, actual) from None
