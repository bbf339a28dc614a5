"""Your append takes `None` for a version, and refuses it.

`None` says that the writer does not mind where the stream is. To which writers does your
comparison apply?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            version = self._version_of(stream)
            if expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
