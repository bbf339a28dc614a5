"""Your refusal says the two versions the wrong way round.

Somebody reads the message at night and looks for an event that does not exist. In which order does
`ConcurrencyError` take them: what the writer expected, what there is?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, version, expected_version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
