"""Your `append` refuses when somebody else is writing, to another stream too.

`pg_try_advisory_xact_lock` does not wait: it says at once whether it got the lock. A
`ConcurrencyError` tells the caller that the board has changed. Has it? And what would you rather have
happen during the few milliseconds that the other one takes?
"""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            [(free,)] = self._connection.execute(
                "SELECT pg_try_advisory_xact_lock(%s)", [_APPENDING]
            )
            version = self._version_of(stream)
            if not free:
                raise ConcurrencyError(stream, expected_version or 0, version)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
