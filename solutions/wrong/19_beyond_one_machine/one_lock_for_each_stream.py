"""Your `append` has a lock for each stream, so two streams are written at the same time.

No two versions of a stream can meet, and that is half of it. But a position counts in the whole store.
Two writers of two streams get positions 1 and 2: who says that 1 is committed first?
"""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            self._connection.execute(
                "SELECT pg_advisory_xact_lock(hashtext(%s))", [stream]
            )
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
