"""Your append believes a writer who says to have seen more than there is.

Such a writer decided on a history that this stream does not have. Perhaps it looked at another file.
Which of all versions is the right one?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            version = self._version_of(stream)
            if expected_version is not None and expected_version < version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
