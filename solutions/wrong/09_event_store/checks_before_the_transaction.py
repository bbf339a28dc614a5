"""Your append looks up the version first, and begins its transaction afterwards.

In between, another writer can append, and the version that you have looked up is an old one. The
tests let somebody do that. From which line on does nobody else write?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        version = self._version_of(stream)
        if expected_version is not None and expected_version != version:
            raise ConcurrencyError(stream, expected_version, version)
        with self.transaction():
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
