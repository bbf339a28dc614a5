"""Your append does not check the version of a writer who has seen no event yet.

0 is false in Python, as `None` is. Only one of the two says that the version does not matter.
Which one, and how do you ask for exactly that one?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            version = self._version_of(stream)
            if expected_version and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
