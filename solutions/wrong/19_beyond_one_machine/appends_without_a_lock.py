"""Your `append` works as on SQLite: it takes no lock, so a follower misses events.

SQLite lets one writer in at a time, and PostgreSQL lets in as many as come. One of them got position 1
and is not done yet; another one got position 2 and has committed. A follower that reads now: what will
its checkpoint be, and when will it look at position 1?
"""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
